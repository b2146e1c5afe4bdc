from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0002_desk"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="objection",
            name="objection_state",
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["filed", "admitted", "refused", "assigned", "drafted", "decided", "notified", "withdrawn"],
                    )
                ),
                name="objection_state",
            ),
        ),
    ]
