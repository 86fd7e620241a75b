"""Pages of lists that may be very long: counted to a bound, so that a page costs the same among a hundred thousand."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MAX_ROWS_PAGED = 1000  # rows that can be paged through; beyond, the list wants to be narrowed


class BoundedPaginator(Paginator):
    """Counts `MAX_ROWS_PAGED` rows at most. `length`, where it is known already, saves the question."""

    def __init__(self, rows, per_page, *, length=None):
        super().__init__(rows, per_page)
        self.length = length

    @cached_property
    def counted(self) -> int:
        if self.length is None:
            return self.object_list.order_by()[: MAX_ROWS_PAGED + 1].count()
        return self.length

    @property
    def count(self) -> int:
        return min(self.counted, MAX_ROWS_PAGED)

    @property
    def more(self) -> bool:
        """Are there rows beyond those that can be paged through?"""
        return self.counted > MAX_ROWS_PAGED
