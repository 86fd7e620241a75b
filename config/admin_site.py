"""The admin's own pages, which ask of administrators what every other page of theirs asks."""

from django.contrib.admin import AdminSite

from accounts.signing_in.step_up import deciding


class Site(AdminSite):
    def admin_view(self, view, cacheable=False):
        return super().admin_view(deciding(view), cacheable)
