{# The words that the scripts of every page say, in the language of this edition: loaded by the first script that says any. -#}
window.OnrecordPhrases = {
  locale: {{ locale|tojson }},
  list: {{ _("Suggestions")|tojson }},
  counted: {% set counted %}{% trans n="{n}" %}Suggestions: {{ n }}{% endtrans %}{% endset %}{{ counted|string|tojson }},
  none: {{ _("No suggestions")|tojson }},
  kinds: {
    topic: {{ _("Topics")|tojson }},
    place: {{ _("Places")|tojson }},
    name: {{ _("Names")|tojson }},
    speaker: {{ _("Quotations")|tojson }},
    publisher: {{ _("Publishers")|tojson }},
    reference: {{ _("References")|tojson }},
    release: {{ _("Releases")|tojson }},
  },
  marks: {% set marks %}{% trans n="{n}" %}{{ n }} passages are highlighted{% endtrans %}{% endset %}{{ marks|string|tojson }},
  unmark: {{ _("Remove the highlights")|tojson }},
};
