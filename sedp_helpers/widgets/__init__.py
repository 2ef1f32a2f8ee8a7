"""Controls for JupyterLab and the dashboards; every figure comes from present."""
