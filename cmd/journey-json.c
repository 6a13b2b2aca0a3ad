#include "journey-json.h"

#include "facts.h"

#include <math.h>

const char *
voc_journey_reply_name(VocReply reply)
{
    static const char *const NAMES[] = {[VOC_REPLY_NONE_EXPECTED] = "none-expected",
                                        [VOC_REPLY_UNKNOWN] = "unknown",
                                        [VOC_REPLY_GIVEN] = "given",
                                        [VOC_REPLY_LATER] = "later",
                                        [VOC_REPLY_AWAITED] = "awaited"};
    return NAMES[reply];
}

static const struct {
    guint bit;
    const char *name;
} REASONS[] = {{VOC_ANSWER_ESCALATED, "escalated"},
               {VOC_ANSWER_LEAVING, "leaving"},
               {VOC_ANSWER_URGENT, "urgent"},
               {VOC_ANSWER_UNANSWERED, "unanswered"},
               {VOC_ANSWER_NEGATIVE, "negative"}};

char *
voc_journey_reasons(guint reasons)
{
    GString *list = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(REASONS); i++)
        if (reasons & REASONS[i].bit)
            g_string_append_printf(list, "%s%s", list->len ? "," : "", REASONS[i].name);
    return g_string_free(list, FALSE);
}

static void
begin_line(VocBuffer *out, const char *kind)
{
    voc_buffer_add_char(out, '{');
    voc_week_member(out, "journey", 1, 0);
    voc_week_member_text(out, "kind", kind);
}

static void
name_or_null(VocBuffer *out, const char *key, const char *name)
{
    if (*name)
        voc_week_member_text(out, key, name);
    else
        voc_buffer_add_printf(out, ",\"%s\":null", key);
}

static void
seconds_or_null(VocBuffer *out, const char *key, gint64 seconds)
{
    voc_week_member(out, key, seconds < 0 ? NAN : (double)seconds, 0);
}

static void
add_time(VocBuffer *out, const char *key, gint64 seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    g_autofree char *text = time ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup("");
    name_or_null(out, key, text);
}

static void
add_strings(VocBuffer *out, const char *key, const char *const *strings)
{
    voc_buffer_add_printf(out, ",\"%s\":[", key);
    for (guint i = 0; strings[i]; i++) {
        if (i)
            voc_buffer_add_char(out, ',');
        voc_json_add_string(out, voc_slice_from_string(strings[i]));
    }
    voc_buffer_add_char(out, ']');
}

static void
add_ratings(VocBuffer *out, const float *rating)
{
    static const char *const NAMES[VOC_N_RATINGS] = {"nps", "csat", "ces", "stars"};
    g_auto(VocBuffer) object = VOC_BUFFER_INIT;
    voc_buffer_add_char(&object, '{');
    for (int i = 0; i < VOC_N_RATINGS; i++)
        if (!isnan(rating[i]))
            voc_week_member(&object, NAMES[i], rating[i], 6);
    voc_buffer_add_printf(out, ",\"rating\":%s}", voc_buffer_string(&object));
}

static void
add_contact(const VocJourneys *journeys, const VocJourneyContact *c, VocBuffer *out)
{
    const VocFacts *facts = journeys->facts;
    const char *themes[VOC_JOURNEY_THEMES + 1] = {NULL};
    g_autofree char *reasons = voc_journey_reasons(c->reasons);
    g_auto(GStrv) list = g_strsplit(reasons, ",", -1);
    name_or_null(out, "customer", voc_facts_name(facts, c->customer));
    name_or_null(out, "thread", voc_facts_name(facts, c->thread));
    name_or_null(out, "channel", voc_facts_name(facts, c->channel));
    add_time(out, "first", c->first);
    add_time(out, "last", c->last);
    voc_week_member(out, "messages", c->messages, 0);
    voc_week_member(out, "answers", c->answers, 0);
    for (guint i = 0; i < c->n_themes; i++)
        themes[i] = voc_facts_name(facts, c->themes[i]);
    add_strings(out, "themes", themes);
    voc_week_member(out, "sentiment", c->feeling, 6);
    voc_week_member(out, "sentiment_first", c->feeling_first, 6);
    voc_week_member(out, "sentiment_last", c->feeling_last, 6);
    add_ratings(out, c->rating);
    voc_week_member_text(out, "reply", voc_journey_reply_name(c->reply));
    seconds_or_null(out, "reply_seconds", c->reply_seconds);
    seconds_or_null(out, "waited_seconds", c->waited_seconds);
    add_strings(out, "reasons", (const char *const *)list);
    voc_week_member(out, "points", c->points, 0);
    voc_buffer_add_printf(out, ",\"again\":%s,\"again_theme\":%s", c->again ? "true" : "false",
                          c->again_theme ? "true" : "false");
    if (c->turn)
        voc_week_member_text(out, "turn", c->turn > 0 ? "recovered" : "lost");
    else
        voc_buffer_add_literal(out, ",\"turn\":null");
    voc_week_member_text(out, "evidence", voc_facts_id(facts, voc_facts_at(facts, c->last_row)));
    voc_buffer_add_literal(out, "}\n");
}

void
voc_journey_json_contacts(const VocJourneys *journeys, gsize begin, gsize n, VocBuffer *out)
{
    for (gsize i = begin; i < begin + n; i++) {
        begin_line(out, "contact");
        add_contact(journeys, voc_journeys_at(journeys, i), out);
    }
}

void
voc_journey_json_summary(const VocJourneys *journeys, VocBuffer *out)
{
    begin_line(out, "summary");
    voc_week_member(out, "contacts", journeys->contacts->len, 0);
    voc_week_member(out, "contacts_known", (double)journeys->known, 0);
    voc_week_member(out, "customers", (double)journeys->customers, 0);
    voc_week_member(out, "again", (double)journeys->again, 0);
    voc_week_member(out, "again_theme", (double)journeys->again_theme, 0);
    voc_week_member(out, "recovered", (double)journeys->recovered, 0);
    voc_week_member(out, "lost", (double)journeys->lost, 0);
    voc_week_member(out, "awaited", (double)journeys->awaited, 0);
    voc_week_member(out, "undated", (double)journeys->undated, 0);
    voc_buffer_add_literal(out, ",\"channels\":[");
    for (guint i = 0; i < journeys->channels->len; i++) {
        const VocJourneyChannel *c = &g_array_index(journeys->channels, VocJourneyChannel, i);
        g_auto(VocBuffer) object = VOC_BUFFER_INIT;
        voc_buffer_add_char(&object, '{');
        voc_week_member_text(&object, "channel", voc_facts_name(journeys->facts, c->channel));
        voc_week_member(&object, "contacts", (double)c->contacts, 0);
        voc_week_member(&object, "answered", (double)c->answered, 0);
        voc_week_member(&object, "awaited", (double)c->awaited, 0);
        seconds_or_null(&object, "median_reply_seconds", c->median);
        voc_buffer_add_printf(out, "%s%s}", i ? "," : "", voc_buffer_string(&object));
    }
    voc_buffer_add_literal(out, "]}\n");
}

void
voc_journey_json_pressing(const VocJourneys *journeys, int days, int most, VocBuffer *out)
{
    g_autoptr(GArray) list = voc_journeys_pressing(journeys, days);
    for (guint i = 0; i < list->len && (!most || i < (guint)most); i++) {
        begin_line(out, "answer");
        voc_week_member(out, "rank", i + 1, 0);
        add_contact(journeys, voc_journeys_at(journeys, g_array_index(list, guint, i)), out);
    }
}

void
voc_journey_json_next(const VocJourneys *journeys, const VocJourneyNext *next, VocBuffer *out)
{
    for (guint i = 0; i < next->steps->len && next->returned >= VOC_JOURNEY_SUPPORT; i++) {
        const VocJourneyStep *step = &g_array_index(next->steps, VocJourneyStep, i);
        VocInterval interval = voc_wilson(step->k, next->returned, 0.95);
        begin_line(out, "next");
        name_or_null(out, "after", voc_facts_name(journeys->facts, next->after));
        name_or_null(out, "theme", voc_facts_name(journeys->facts, step->theme));
        voc_week_member(out, "k", (double)step->k, 0);
        voc_week_member(out, "returned", (double)next->returned, 0);
        voc_week_member(out, "contacts", (double)next->contacts, 0);
        voc_week_member(out, "low", interval.low, 6);
        voc_week_member(out, "high", interval.high, 6);
        voc_buffer_add_literal(out, "}\n");
    }
}
