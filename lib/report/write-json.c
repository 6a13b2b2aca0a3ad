/* The report as JSON: figures from the content, sentences from the report. The schema is
 * data/voc-report-1.schema.json; a change that could break a reader raises VERSION. */
#include "report/headline.h"
#include "report/json-build.h"
#include "report/write.h"

#define VERSION 1

static const char *const changes[] = {"untested",      "within-chance",  "rose", "fell",
                                      "rising-slowly", "falling-slowly", "new"};
static const char *const feelings[] = {"none", "negative", "neutral", "positive"};
static const char *const ratings[] = {"nps", "csat", "ces", "stars"};
static const char *const kinds[] = {"day", "week", "month"};

static void
day(VocJsonBuild *b, const char *key, gint32 number)
{
    int y, m, d;
    voc_day_to_civil(number, &y, &m, &d);
    g_autofree char *text = g_strdup_printf("%04d-%02d-%02d", y, m, d);
    voc_json_string(b, key, text);
}

static void
interval(VocJsonBuild *b, const char *key, VocInterval value)
{
    voc_json_open(b, key, '[');
    voc_json_real(b, NULL, value.low);
    voc_json_real(b, NULL, value.high);
    voc_json_close(b, ']');
}

static void
history(VocJsonBuild *b, const gint64 *values)
{
    voc_json_open(b, "history", '[');
    for (int i = 0; i < VOC_HISTORY; i++)
        if (values[i] < 0)
            voc_json_real(b, NULL, G_MAXDOUBLE * 2);
        else
            voc_json_int(b, NULL, values[i]);
    voc_json_close(b, ']');
}

static void
share(VocJsonBuild *b, const char *key, const VocShareFigure *f)
{
    voc_json_open(b, key, '{');
    voc_json_int(b, "k", f->k);
    voc_json_int(b, "n", f->n);
    voc_json_int(b, "k_before", f->k_before);
    voc_json_int(b, "n_before", f->n_before);
    voc_json_int(b, "k_usual", f->k_usual);
    voc_json_int(b, "n_usual", f->n_usual);
    interval(b, "interval", f->interval);
    interval(b, "change_before", f->change);
    voc_json_real(b, "p_before", f->p_before);
    voc_json_real(b, "change_usual", f->trend.change);
    interval(b, "change_usual_interval", f->trend.interval);
    voc_json_real(b, "p_usual", f->trend.p);
    voc_json_real(b, "q", f->q);
    voc_json_string(b, "verdict", changes[f->verdict]);
    voc_json_close(b, '}');
}

static void
count(VocJsonBuild *b, const char *key, const VocCountFigure *f)
{
    voc_json_open(b, key, '{');
    voc_json_int(b, "now", f->now);
    voc_json_int(b, "before", f->before);
    voc_json_real(b, "usual", f->usual);
    interval(b, "expected", f->expected);
    history(b, f->history);
    voc_json_close(b, '}');
}

static void
rating(VocJsonBuild *b, const VocRatingFigure *f)
{
    voc_json_open(b, NULL, '{');
    voc_json_string(b, "kind", ratings[f->kind]);
    voc_json_int(b, "contacts", f->n);
    voc_json_real(b, "value", f->value);
    voc_json_real(b, "margin", f->margin);
    voc_json_int(b, "contacts_before", f->n_before);
    voc_json_real(b, "before", f->before);
    voc_json_real(b, "p_before", f->p_before);
    voc_json_int(b, "contacts_usual", f->n_usual);
    voc_json_real(b, "usual", f->usual);
    voc_json_real(b, "p_usual", f->p_usual);
    if (f->kind == VOC_RATING_NPS) {
        voc_json_int(b, "promoters", f->promoters);
        voc_json_int(b, "passives", f->passives);
        voc_json_int(b, "detractors", f->detractors);
    }
    voc_json_close(b, '}');
}

static void
cells(VocJsonBuild *b, const char *key, const VocFacts *facts, const VocCell *list, gsize n)
{
    voc_json_open(b, key, '[');
    for (gsize i = 0; i < n; i++) {
        voc_json_open(b, NULL, '{');
        voc_json_string(b, "name", voc_facts_name(facts, list[i].name));
        voc_json_int(b, "messages", list[i].messages);
        voc_json_int(b, "messages_before", list[i].before);
        voc_json_int(b, "scored", list[i].scored);
        voc_json_int(b, "negative", list[i].negative);
        voc_json_close(b, '}');
    }
    voc_json_close(b, ']');
}

static void
quotes(VocJsonBuild *b, const VocFacts *facts, const VocQuote *list, gsize n)
{
    voc_json_open(b, "quotes", '[');
    for (gsize i = 0; i < n; i++) {
        const VocFact *fact = voc_facts_at(facts, list[i].row);
        voc_json_open(b, NULL, '{');
        voc_json_string(b, "id", voc_facts_id(facts, fact));
        voc_json_string(b, "source", voc_facts_source(facts, fact));
        voc_json_string(b, "lang", voc_facts_name(facts, fact->lang));
        voc_json_string(b, "feeling", feelings[list[i].feeling]);
        voc_json_string(b, "text", list[i].text);
        voc_json_close(b, '}');
    }
    voc_json_close(b, ']');
}

static void
word(VocJsonBuild *b, const VocFacts *facts, const VocWordFigure *figure)
{
    voc_json_string(b, "word", figure->word);
    voc_json_int(b, "k", figure->k);
    voc_json_int(b, "n", figure->n);
    voc_json_int(b, "k_rest", figure->k_rest);
    voc_json_int(b, "n_rest", figure->n_rest);
    voc_json_real(b, "g2", figure->g2);
    voc_json_real(b, "log_ratio", figure->log_ratio);
    voc_json_string(b, "id", voc_facts_id(facts, voc_facts_at(facts, figure->quote.row)));
}

static void
words(VocJsonBuild *b, const char *key, const VocFacts *facts, const VocWordFigure *list, gsize n)
{
    voc_json_open(b, key, '[');
    for (gsize i = 0; i < n; i++) {
        voc_json_open(b, NULL, '{');
        word(b, facts, &list[i]);
        voc_json_close(b, '}');
    }
    voc_json_close(b, ']');
}

static void
rising_words(VocJsonBuild *b, const VocContent *content)
{
    voc_json_open(b, "rising_words", '[');
    for (gsize i = 0; i < content->n_rising_words; i++) {
        voc_json_open(b, NULL, '{');
        word(b, content->facts, &content->rising_words[i].word);
        voc_json_real(b, "q", content->rising_words[i].q);
        history(b, content->rising_words[i].history);
        voc_json_close(b, '}');
    }
    voc_json_close(b, ']');
}

static void
theme(VocJsonBuild *b, const VocContent *content, const VocThemeFigure *t)
{
    const VocFacts *facts = content->facts;
    voc_json_open(b, NULL, '{');
    voc_json_string(b, "id", voc_facts_name(facts, t->theme));
    voc_json_string(b, "name_fi", voc_facts_theme_name(facts, t->theme, "fi"));
    voc_json_string(b, "name_en", voc_facts_theme_name(facts, t->theme, "en"));
    const VocThemeFacts *known = voc_facts_theme(facts, t->theme);
    voc_json_string(b, "owner", known ? voc_facts_name(facts, known->owner) : "");
    share(b, "messages", &t->messages);
    voc_json_int(b, "contacts", t->contacts);
    share(b, "negative", &t->negative);
    voc_json_int(b, "positive", t->positive);
    voc_json_real(b, "sentiment", t->feeling);
    voc_json_real(b, "sentiment_margin", t->feeling_margin);
    voc_json_real(b, "effect", t->effect);
    voc_json_real(b, "effect_before", t->effect_before);
    voc_json_real(b, "contribution", t->contribution);
    voc_json_real(b, "change_by_score", t->by_score);
    voc_json_real(b, "change_by_share", t->by_share);
    history(b, t->history);
    cells(b, "channels", facts, t->channels, t->n_channels);
    cells(b, "touchpoints", facts, t->touchpoints, t->n_touchpoints);
    words(b, "causes", facts, t->causes, t->n_causes);
    quotes(b, facts, t->quotes, t->n_quotes);
    voc_json_close(b, '}');
}

static void
cues(VocJsonBuild *b, const VocContent *content)
{
    static const char *const names[VOC_N_CUES] = {"failure-demand", "value-demand", "effort", "urgency",
                                                  "churn",          "wish",         "need",   "thanks",
                                                  "escalation",     "cause"};
    voc_json_open(b, "cues", '[');
    for (int i = 0; i < VOC_N_CUES && content->any_cues; i++) {
        voc_json_open(b, NULL, '{');
        voc_json_string(b, "cue", names[i]);
        share(b, "messages", &content->cues[i].messages);
        cells(b, "kinds", content->facts, content->cues[i].kinds, content->cues[i].n_kinds);
        quotes(b, content->facts, content->cues[i].quotes, content->cues[i].n_quotes);
        voc_json_close(b, '}');
    }
    voc_json_close(b, ']');
    voc_json_open(b, "demand", '{');
    voc_json_int(b, "failure", content->demand_failure);
    voc_json_int(b, "value", content->demand_value);
    voc_json_int(b, "unknown", content->demand_unknown);
    voc_json_int(b, "contacts_known", content->contacts_known);
    voc_json_int(b, "contacts_repeated", content->contacts_repeated);
    voc_json_close(b, '}');
}

static void
actions(VocJsonBuild *b, const VocContent *content)
{
    voc_json_open(b, "actions", '[');
    for (gsize i = 0; i < content->n_actions; i++) {
        const VocActionFigure *a = &content->actions[i];
        voc_json_open(b, NULL, '{');
        day(b, "date", a->day);
        voc_json_string(b, "theme", a->theme ? voc_facts_name(content->facts, a->theme->theme) : a->name);
        voc_json_string(b, "what", a->what);
        voc_json_int(b, "n_before", a->before[0]);
        voc_json_int(b, "k_before", a->before[1]);
        voc_json_int(b, "negative_before", a->before[2]);
        voc_json_int(b, "n_after", a->after[0]);
        voc_json_int(b, "k_after", a->after[1]);
        voc_json_int(b, "negative_after", a->after[2]);
        interval(b, "change", a->change);
        interval(b, "negative_change", a->negative_change);
        voc_json_real(b, "p", a->p);
        voc_json_real(b, "trend_z_before", a->trend_z);
        voc_json_close(b, '}');
    }
    voc_json_close(b, ']');
}

static void
people(VocJsonBuild *b, const VocContent *content)
{
    static const char *const reasons[] = {"unanswered", "negative", "urgent", "leaving", "escalated"};
    voc_json_open(b, "answers", '[');
    for (gsize i = 0; i < content->n_answers; i++) {
        const VocAnswerFigure *answer = &content->answers[i];
        voc_json_open(b, NULL, '{');
        voc_json_string(b, "id",
                        voc_facts_id(content->facts, voc_facts_at(content->facts, answer->quote.row)));
        voc_json_open(b, "reasons", '[');
        for (guint j = 0; j < G_N_ELEMENTS(reasons); j++)
            if (answer->reasons & (1u << j))
                voc_json_string(b, NULL, reasons[j]);
        voc_json_close(b, ']');
        voc_json_string(b, "text", answer->quote.text);
        voc_json_close(b, '}');
    }
    voc_json_close(b, ']');
    voc_json_int(b, "recovered", content->recovered_all);
    voc_json_int(b, "lost", content->lost_all);
}

static void
period(VocJsonBuild *b, const char *key, const VocPeriod *p)
{
    g_autofree char *label = voc_period_label(p);
    voc_json_open(b, key, '{');
    voc_json_string(b, "kind", kinds[p->kind]);
    voc_json_string(b, "label", label);
    day(b, "first", p->first);
    day(b, "last", p->first + p->days - 1);
    voc_json_int(b, "days_compared", p->covered);
    voc_json_close(b, '}');
}

static void
counted(VocJsonBuild *b, const VocContent *c)
{
    voc_json_open(b, "counted", '{');
    voc_json_int(b, "rows", c->rows);
    voc_json_int(b, "from_staff", c->from_agents);
    voc_json_int(b, "from_machines", c->from_bots);
    voc_json_int(b, "duplicates", c->duplicates);
    voc_json_int(b, "automatic", c->automatic);
    voc_json_int(b, "with_text", c->with_text);
    voc_json_int(b, "scored", c->scored);
    share(b, "without_theme", &c->unassigned);
    voc_json_int(b, "undated", c->undated);
    voc_json_int(b, "rejected", c->rejected);
    day(b, "data_first", c->data_first);
    day(b, "data_last", c->data_last);
    cells(b, "languages", c->facts, c->languages, c->n_languages);
    voc_json_close(b, '}');
}

void
voc_write_json(const VocReport *report, VocBuffer *out)
{
    const VocContent *content = report->content;
    VocJsonBuild b = {out, FALSE, 0};
    voc_json_open(&b, NULL, '{');
    voc_json_string(&b, "schema", "voc-report");
    voc_json_int(&b, "version", VERSION);
    voc_json_string(&b, "voc", VOC_VERSION);
    voc_json_string(&b, "lang", report->phrase->lang);
    voc_json_string(&b, "title", report->title);
    period(&b, "period", &content->period);
    period(&b, "before", &content->before);
    voc_json_int(&b, "baseline_periods", content->n_usual);
    voc_json_bool(&b, "partial", content->partial);
    g_autoptr(GPtrArray) sentences = voc_headline_sentences(content, report->phrase);
    voc_json_open(&b, "headline", '[');
    for (guint i = 0; i < sentences->len; i++)
        voc_json_string(&b, NULL, g_ptr_array_index(sentences, i));
    voc_json_close(&b, ']');
    count(&b, "messages", &content->messages);
    count(&b, "contacts", &content->contacts);
    share(&b, "negative", &content->negative);
    share(&b, "positive", &content->positive);
    voc_json_open(&b, "ratings", '[');
    for (gsize i = 0; i < content->n_ratings; i++)
        rating(&b, &content->ratings[i]);
    voc_json_close(&b, ']');
    cells(&b, "channels", content->facts, content->channels, content->n_channels);
    voc_json_string(&b, "effect_of", content->effect_of < 0 ? "sentiment" : ratings[content->effect_of]);
    voc_json_real(&b, "effect_score", content->effect_score);
    voc_json_real(&b, "effect_score_before", content->effect_score_before);
    voc_json_open(&b, "no_theme", '{');
    voc_json_real(&b, "change_by_score", content->no_theme_by_score);
    voc_json_real(&b, "change_by_share", content->no_theme_by_share);
    voc_json_close(&b, '}');
    voc_json_open(&b, "themes", '[');
    for (gsize i = 0; i < content->n_themes; i++)
        theme(&b, content, &content->themes[i]);
    voc_json_close(&b, ']');
    words(&b, "new_words", content->facts, content->new_words, content->n_new_words);
    rising_words(&b, content);
    cues(&b, content);
    actions(&b, content);
    people(&b, content);
    counted(&b, content);
    voc_json_close(&b, '}');
    voc_buffer_add_char(out, '\n');
}
