"""What is asked of each place of a paper."""


def by_place(points) -> dict[str, list]:
    found: dict[str, list] = {}
    for point in points or ():
        found.setdefault(point.place, []).append(point)
    return found
