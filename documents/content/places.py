"""What is asked of each place of a paper."""


def by_place(points) -> dict[str, list]:
    grouped: dict[str, list] = {}
    for point in points or ():
        grouped.setdefault(point.place, []).append(point)
    return grouped
