@echo off
rem Opens the notebooks on Windows; the first time it makes the environment in .venv.
rem A folder "wheels" beside this file replaces the internet.
chcp 65001 >nul
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "VENV=.venv\Scripts\python.exe"

if not exist "%VENV%" goto setup
fc /b requirements.lock .venv\installed.lock >nul 2>nul || goto install
"%VENV%" -I -c "import importlib.util as u, sys; sys.exit(u.find_spec('sedp_helpers') is None)" || goto install
goto open

:setup
set "PY="
for %%V in (3.14 3.13 3.12 3.11) do if not defined PY py -%%V -c "" >nul 2>nul && set "PY=py -%%V"
if not defined PY python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PY=python"
if not defined PY goto nopython
%PY% -m venv .venv || goto failed

:install
echo Даярдалууда, бир нече мүнөт күтүңүз...
echo Идёт подготовка, подождите несколько минут...
echo Setting up, this takes a few minutes...
set "SOURCE="
if exist "wheels\" set "SOURCE=--no-index --find-links wheels"
"%VENV%" -m pip install --disable-pip-version-check -q --no-deps --require-hashes %SOURCE% -r requirements.lock || goto failed
"%VENV%" -m pip install --disable-pip-version-check -q --no-deps --no-build-isolation --no-index -e . || goto failed
"%VENV%" tools\ensure_renderer.py
copy /y requirements.lock .venv\installed.lock >nul

:open
echo Бул терезени жаппаңыз. / Не закрывайте это окно. / Keep this window open.
"%VENV%" -m jupyterlab "notebooks\00_start.ipynb"
exit /b %errorlevel%

:nopython
echo Python 3.11 же андан жаңы версиясын орнотуңуз: python.org
echo Установите Python 3.11 или новее: python.org
echo Install Python 3.11 or newer: python.org
pause
exit /b 1

:failed
echo Даярдоо бүткөн жок. Интернетти текшерип, кайра аракет кылыңыз.
echo Подготовка не завершена. Проверьте интернет и попробуйте снова.
echo The set-up did not finish. Check the internet connection and try again.
pause
exit /b 1
