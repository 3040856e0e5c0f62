"""The tiles of templates/assets/map/, named after their south-western corner; written by benchmarks/outlines.py."""

LAND = frozenset(
    (
        "e000n00 e000n20 e000n40 e000n60 e000n80 e000s20 e000s40 e000s80 e020n00 e020n20 e020n40 e020n60 e020n80 "
        "e020s20 e020s40 e020s60 e020s80 e040n00 e040n20 e040n40 e040n60 e040n80 e040s20 e040s40 e040s60 e040s80 "
        "e060n00 e060n20 e060n60 e060n80 e060s20 e060s60 e060s80 e080n00 e080n20 e080n60 e080n80 e080s20 e080s80 "
        "e100n00 e100n20 e100n40 e100n60 e100s20 e100s40 e100s80 e120n00 e120n20 e120n40 e120n60 e120s20 e120s40 "
        "e120s80 e140n00 e140n20 e140n40 e140n60 e140s100 e140s20 e140s40 e140s60 e140s80 e160n00 e160n40 e160n60 "
        "e160s100 e160s20 e160s40 e160s60 e160s80 w020n00 w020n20 w020n40 w020n60 w020n80 w020s20 w020s80 w040n00 "
        "w040n20 w040n60 w040n80 w040s100 w040s20 w040s60 w040s80 w060n00 w060n40 w060n60 w060n80 w060s100 w060s20 "
        "w060s40 w060s60 w060s80 w080n00 w080n20 w080n40 w080n60 w080n80 w080s100 w080s20 w080s40 w080s60 w080s80 "
        "w100n00 w100n20 w100n40 w100n60 w100n80 w100s20 w100s80 w120n00 w120n20 w120n60 w120n80 w120s40 w120s80 "
        "w140n20 w140n40 w140n60 w140s20 w140s40 w140s80 w160n00 w160n20 w160n40 w160n60 w160s100 w160s20 w160s40 "
        "w160s80 w180n20 w180n40 w180n60 w180s100 w180s20 w180s40 w180s60 w180s80 "
    ).split()
)
"""Tiles of 20 degrees that hold a coast."""

ALL_LAND = frozenset(
    (
        "e000s100 e020s100 e040s100 e060n40 e060s100 e080n40 e080s100 e100s100 e120s100 w020s100 w100s100 w120n40 "
        "w120s100 w140s100 "
    ).split()
)
"""Tiles of 20 degrees that are all land, as far as the poles: they share land.svg."""

BORDERS = frozenset(
    (
        "e020n00 e020n40 e020s40 e060n00 e060n40 e100n00 e100n40 e100s40 e140s40 w020n00 w020n40 w020s40 w060n00 "
        "w060s40 w100n00 w100n40 w100s40 w100s80 w140n00 w140n40 w180n40 "
    ).split()
)
"""Tiles of 40 degrees that hold a border."""
