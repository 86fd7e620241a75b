"""The admin's own pages, which ask of administrators what every other page of theirs asks."""

from django.contrib.admin import AdminSite

from workflow.stepping import deciding


class Site(AdminSite):
    def admin_view(self, view, cacheable=False):
        return super().admin_view(deciding(view), cacheable)
