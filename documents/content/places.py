"""The points of a return, grouped by the place of the paper that each names."""


def by_place(points) -> dict[str, list]:
    grouped: dict[str, list] = {}
    for point in points or ():
        grouped.setdefault(point.place, []).append(point)
    return grouped
