"""Build the knowledge graph of an article: `python build_graph.py [ARTICLE_FOLDER] [-o OUT]`."""

import sys

from claimgraph.cli import main

if __name__ == "__main__":
    sys.exit(main(["build", *sys.argv[1:]]))
