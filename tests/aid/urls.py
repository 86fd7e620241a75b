from django.urls import include, path

from config.urls import urlpatterns as product
from tests.aid import views

aid = [path("new/", views.begin, name="begin"), path("<uuid:ref>/", views.edit, name="edit")]
urlpatterns = [path("aid/", include((aid, "aid"))), *product]
