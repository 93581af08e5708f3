"""The virtual environment that the peers of all comparisons share."""
import pathlib, subprocess, venv

ROOT = pathlib.Path(__file__).resolve().parents[2]


def environment(packages):
    """Its Python, with the packages; made and filled when it is not there."""
    place = ROOT / "build" / "peers" / "venv"
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
    return python
