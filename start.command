#!/bin/sh
# Opens the notebooks on macOS and Linux; the first time it makes the environment in .venv.
# A folder "wheels" beside this file replaces the internet.
cd "$(dirname "$0")" || exit 1

echo "Даярдалууда… / Идёт подготовка… / Setting up…"
if ! sh tools/setup_environment.sh report; then
    echo "Даярдоо бүткөн жок. Python 3.11 жана интернет керек."
    echo "Подготовка не завершена. Нужны Python 3.11 и интернет."
    echo "The set-up did not finish. Python 3.11 and the internet are needed."
    exit 1
fi
.venv/bin/python tools/ensure_renderer.py
echo "Бул терезени жаппаңыз. / Не закрывайте это окно. / Keep this window open."
exec .venv/bin/python -m jupyterlab notebooks/00_start.ipynb
