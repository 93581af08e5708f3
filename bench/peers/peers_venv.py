"""The virtual environment that the peers of all comparisons share."""
import pathlib, subprocess, venv

ROOT = pathlib.Path(__file__).resolve().parents[2]


def environment(packages, alone=()):
    """Its Python, with the packages, and those that are put in without what they ask for; made and filled when it is not there."""
    place = ROOT / "build" / "peers" / "venv"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, *packages], check=True)
    if alone:
        subprocess.run([*pip, "--no-deps", *alone], check=True)
    return python
