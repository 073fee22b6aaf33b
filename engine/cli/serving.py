"""`netloom mlflow`: the runs in MLflow's own pages."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from engine.cli.saying import console, say_json
from engine.runs import Workspace
from engine.track import tracking_uri
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


def _say(url: str, *, json: bool, words: str) -> None:
    if json:
        say_json({"url": url})
    else:
        console.print(words, markup=False)
