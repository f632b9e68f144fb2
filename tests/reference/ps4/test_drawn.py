import tomllib
from pathlib import Path

from ps4.pooling import SIZE, STRIDE, shifted_blocks

SET = Path(__file__).parents[3] / "reference" / "ps4" / "assignment.toml"


def test_what_pages_draw_is_what_the_reference_pools():
    parts = tomllib.loads(SET.read_text(encoding="utf-8"))["parts"]
    drawn = {part["id"]: part["drawn"] for part in parts if "drawn" in part}
    assert set(drawn) == {"3D", "3E"}
    for drawing in drawn.values():
        assert (drawing["window"], drawing["stride"]) == (SIZE, STRIDE)
        assert drawing["inputs"] == [[list(row) for row in image] for image in shifted_blocks()]
