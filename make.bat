@echo off
rem The Makefile's install, run and test, for Windows: "make run" in a command prompt, ".\make run" in PowerShell.
setlocal
chcp 65001 >nul
cd /d "%~dp0"
set PYTHONUTF8=1
set BIN=.venv\Scripts
where py >nul 2>nul && (set PYTHON=py -3) || (set PYTHON=python)

if "%1"=="install" goto install
if "%1"=="run" goto run
if "%1"=="test" goto test
echo make install ^| make run ^| make test
exit /b 2

:install
call :packages requirements.txt || exit /b 1
%BIN%\python -m dashboard.web.bundle || exit /b 1
%BIN%\python -m dashboard.web.precompress || exit /b 1
exit /b 0

:run
call "%~f0" install || exit /b 1
rem PORT and DATABASE_URL are never expanded here: cmd would run what they hold. CHECKED is a number from Python.
set CHECKED=
for /f "usebackq delims=" %%p in (`%BIN%\python .ci\port_free.py`) do set CHECKED=%%p
if not defined CHECKED exit /b 1
%BIN%\python -m etl init || exit /b 1
echo Tableau de bord : http://127.0.0.1:%CHECKED% (Ctrl+C pour arrêter)
%BIN%\python -m waitress --listen=127.0.0.1:%CHECKED% --threads=24 app:server
exit /b %errorlevel%

:test
call "%~f0" install || exit /b 1
call :packages requirements-dev.txt || exit /b 1
%BIN%\ruff check || exit /b 1
%BIN%\ruff format --check || exit /b 1
%BIN%\lint-imports || exit /b 1
%BIN%\mypy || exit /b 1
%BIN%\pytest -q -n auto --ignore=tests\browser || exit /b 1
where chrome >nul 2>nul || (echo Tests de navigateur passés : ajoutez le dossier de chrome.exe au PATH.& exit /b 0)
%BIN%\pytest -q -n auto tests\browser
exit /b %errorlevel%

rem Installs a list of packages once, and again when it has changed.
:packages
if not exist %BIN%\python.exe (
    %PYTHON% .ci\python_version.py || exit /b 1
    %PYTHON% -m venv .venv || exit /b 1
)
fc /b %1 .venv\%1 >nul 2>nul && exit /b 0
echo Installation des paquets (une à deux minutes la première fois)…
%BIN%\python -m pip --disable-pip-version-check --quiet install --require-hashes -r %1 || exit /b 1
copy /y %1 .venv\%1 >nul
exit /b 0
