"""Writes seeds/: what the targets begin with, taken from this repository's stories and manifests.

    python3 seeds.py STS

STS is the tool (`cargo build -p kubectl-sts`). The seeds are not committed, because the stories are.
"""

import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
# The target `evidence` draws the set and its pods from so many bytes.
DRAWN = 256
EVERYTHING = "get sts,po,pvc,pv,sc,no,pdb,controllerrevisions,svc,events,quota -A -o json"


def told(sts: str, story: pathlib.Path, more: str) -> str:
    """What one more line at the end of a story prints."""
    text = story.read_text() + f"\n{more}\n"
    arguments = [sts, "simulate", "-"]
    done = subprocess.run(arguments, input=text, capture_output=True, text=True, cwd=story.parent, check=False)
    return done.stdout.partition(f"$ {more}\n")[2]


def last_events(items: list[dict]) -> list[dict]:
    """A few: a long input is a slow one, and many of them are alike."""
    return [item for item in items if item["kind"] == "Event"][-8:]


def write(target: str, name: str, content: bytes) -> None:
    folder = HERE / "seeds" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def main() -> None:
    (sts,) = sys.argv[1:]
    sts = str(pathlib.Path(sts).resolve())
    for story in sorted(EXAMPLES.glob("stories/**/*.story")):
        write("story", story.stem, story.read_bytes())
        printed = told(sts, story, EVERYTHING)
        if not printed.startswith("{"):
            print(f"{story.name}: it cannot be asked for everything: {printed[:200]}", file=sys.stderr)
            continue
        items = json.loads(printed)["items"]
        items = [item for item in items if item["kind"] != "Event"] + last_events(items)
        # In one line, as a watch has it.
        given = json.dumps({"kind": "List", "items": items}, separators=(",", ":"))
        write("evidence", story.stem, bytes(DRAWN) + given.encode())
        lines = [json.dumps({"type": "ADDED", "object": item}, separators=(",", ":")) for item in items]
        write("watch", story.stem, "\n".join(lines).encode())
        for item in items:
            if item["kind"] == "StatefulSet":
                write("manifest", f"{story.stem}-{item['metadata']['name']}", json.dumps(item).encode())


if __name__ == "__main__":
    main()
