"""Print what each board shows (`make boards`)."""

import sys

from bundle.boards import boards
from bundle.summary import summary

if __name__ == "__main__":
    sys.stdout.write("\n".join(map(summary, boards())))
