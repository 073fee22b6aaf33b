"""`netloom mlflow`: the runs in MLflow's own pages."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from engine.cli.saying import console, say_json
from engine.runs import Workspace
from engine.track import start, tracking_uri
from engine.track.retelling import retell
from engine.track.serving import Serving


def serve_mlflow(workspace: Path | None, *, port: int = 0, json: bool = False) -> int:
    """Serve the workspace's store on loopback until Ctrl+C; where runs go to a server, say which."""
    home = (Workspace(workspace) if workspace else Workspace.default()).prepare()
    uri = tracking_uri(home)
    if uri.startswith(("http://", "https://")):
        _say(uri, json=json, words=f"The runs are told to the server at {uri}")
        return 0
    serving = Serving(home, uri, port=port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        serving.wait()
        _say(serving.url, json=json, words=f"MLflow shows the runs of {home.path} at {serving.url} (Ctrl+C ends it)")
        serving.stay()
    except KeyboardInterrupt:
        return 0
    finally:
        serving.close()
    return 1


def retell_mlflow(workspace: Path | None, *, json: bool = False) -> int:
    """Have the MLflow that is chosen now told of runs that another one was told of, by a follower that outlives us."""
    home = (Workspace(workspace) if workspace else Workspace.default()).prepare()
    count, uri = retell(home), tracking_uri(home)
    if count:
        start(home)
    if json:
        say_json({"runs": count, "uri": uri})
    elif count:
        runs = "One run is" if count == 1 else f"{count:,} runs are"
        console.print(f"{runs} being told to MLflow at {uri}; that goes on in the background.", markup=False)
    else:
        console.print(f"MLflow at {uri} was told of every run.", markup=False)
    return 0


def _say(url: str, *, json: bool, words: str) -> None:
    if json:
        say_json({"url": url})
    else:
        console.print(words, markup=False)
