import django_filters as filters
from django.forms import ModelForm
from rest_framework import serializers
from rest_framework.serializers import ModelSerializer as Base

from shop.models import Customer

ALL = "__all__"


class CustomerForm(ModelForm):
    class Meta:
        model = Customer
        # ruleid: mass-assignment-all-fields
        fields = "__all__"


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        # ruleid: mass-assignment-all-fields
        fields = "__all__"
        depth = 1


class NamedSerializer(Base):
    class Meta(CustomerSerializer.Meta):
        # ruleid: mass-assignment-all-fields
        fields = ALL


class AddressForm(ModelForm):
    class Meta:
        model = Customer
        # ok: mass-assignment-all-fields
        fields = ["street", "city"]


class CustomerFilter(filters.FilterSet):
    class Meta:
        model = Customer
        # ok: mass-assignment-all-fields
        fields = "__all__"


class Report:
    # ok: mass-assignment-all-fields
    fields = "__all__"
