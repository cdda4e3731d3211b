"""`python -m benchmarks.tidy_files CHECKOUT`: the reading of tidy files, here and in another checkout.

Both read the sample logs in turn, each in a process of its own with this environment's libraries, and are
compared round by round in seconds of processor time: a busy machine slows the two alike.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bilan.samples import write_samples

HERE = Path(__file__).parent.parent
ROUNDS = 7
_READER = """
import os, sys, time
os.environ["POLARS_MAX_THREADS"] = "1"  # as intake's own reader
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from bilan.intake import load_reference, source_of
from bilan.intake.statement import read_statement
root, reference = Path(sys.argv[2]), load_reference(None)
files = [
    (path.read_bytes(), source_of(path.relative_to(root)))
    for path in sorted(root.glob("*/*_*.*"))
]
for _ in sys.stdin:
    start = time.process_time()
    for content, source in files:
        read_statement(content, source, reference)
    print(time.process_time() - start, flush=True)
"""


def main() -> None:
    """Print the seconds of each round and the median of their ratios."""
    other = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        write_samples(Path(folder))
        readers = [_reader(checkout, Path(folder)) for checkout in (other, HERE)]
        rounds = [_round(readers, turn) for turn in range(ROUNDS)]
        for reader in readers:
            reader.communicate()
    ratios = [ours / theirs for theirs, ours in rounds]
    print(json.dumps({"rounds": rounds, "ratio": round(statistics.median(ratios), 3)}))


def _reader(checkout: Path, files: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _READER, str(checkout), str(files)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _round(readers: "list[subprocess.Popen[str]]", turn: int) -> list[float]:
    """The seconds of both; who goes first changes from round to round."""
    seconds = [0.0, 0.0]
    for place in (0, 1) if turn % 2 else (1, 0):
        reader = readers[place]
        assert reader.stdin
        assert reader.stdout
        reader.stdin.write("\n")
        reader.stdin.flush()
        seconds[place] = float(reader.stdout.readline())
    return seconds


if __name__ == "__main__":
    main()
