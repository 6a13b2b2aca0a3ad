#include "report/journey-text.h"

#include "report/columns.h"
#include "report/content-work.h"
#include "report/headline.h"

#include <math.h>

#define QUOTE 220
#define NAME 60
#define HOUR ((gint64)3600)
#define DAY (24 * HOUR)
#define FLIPS 3 /* turned contacts shown of either kind */

/* Foreign text on one line, with nothing in it that steers a terminal. */
static const char *
tidy(const VocJourneyPage *page, const char *text, gsize limit)
{
    g_autofree char *line = voc_excerpt(voc_slice_from_string(text), 0, 0, limit);
    return voc_phrase_printf(page->phrase, "%s", line);
}

static const VocFact *
fact_at(const VocJourneyPage *page, gsize row)
{
    return voc_facts_at(page->journeys->facts, row);
}

static const char *
quote(const VocJourneyPage *page, gsize row)
{
    const VocFacts *facts = page->journeys->facts;
    g_autofree char *line = voc_excerpt(voc_facts_text(facts, voc_facts_at(facts, row)), 0, 0, QUOTE);
    return *line ? voc_phrase_printf(page->phrase, page->phrase->finnish ? "”%s”" : "“%s”", line) : "";
}

static const char *
customer_name(const VocJourneyPage *page, const VocJourneyContact *contact)
{
    const VocFacts *facts = page->journeys->facts;
    if (contact->customer)
        return tidy(page, voc_facts_name(facts, contact->customer), NAME);
    return contact->thread ? tidy(page, voc_facts_name(facts, contact->thread), NAME)
                           : tidy(page, voc_facts_id(facts, fact_at(page, contact->first_row)), NAME);
}

static const char *
channel_name(const VocJourneyPage *page, VocName channel)
{
    if (!channel)
        return voc_say("channel not said");
    return tidy(page, voc_headline_channel_name(voc_facts_name(page->journeys->facts, channel)), NAME);
}

static const char *
theme_name(const VocJourneyPage *page, VocName theme)
{
    if (!theme)
        return voc_say("no theme");
    return tidy(page, voc_facts_theme_name(page->journeys->facts, theme, page->phrase->lang), NAME);
}

/* Minutes below two hours, hours below two days, then days. */
static const char *
duration(const VocJourneyPage *page, gint64 seconds)
{
    if (seconds < 60)
        return voc_say("under a minute");
    if (seconds < 2 * HOUR)
        return voc_phrase_printf(page->phrase, voc_say("%s min"), voc_phrase_int(page->phrase, seconds / 60));
    if (seconds < 2 * DAY)
        return voc_phrase_printf(page->phrase, voc_say("%s h"), voc_phrase_int(page->phrase, seconds / HOUR));
    return voc_phrase_printf(page->phrase, voc_say("%s d"), voc_phrase_int(page->phrase, seconds / DAY));
}

const char *
voc_journey_feeling(double score)
{
    return isnan(score) ? ""
                        : voc_say(score <= -0.05  ? N_("negative")
                                  : score >= 0.05 ? N_("positive")
                                                  : N_("neutral"));
}

static void
title(const VocJourneyPage *page, const char *left, const char *right, VocBuffer *out)
{
    int gap = page->width - voc_columns_width(left) - voc_columns_width(right);
    voc_buffer_add_printf(out, "%s%*s%s\n", left, MAX(2, gap), "", right);
    for (int i = 0; i < page->width; i++)
        voc_buffer_add_char(out, '=');
    voc_buffer_add_literal(out, "\n\n");
}

static void
heading(const char *text, VocBuffer *out)
{
    voc_buffer_add_printf(out, "\n%s\n", text);
    for (int i = voc_columns_width(text); i > 0; i--)
        voc_buffer_add_char(out, '-');
    voc_buffer_add_char(out, '\n');
}

static void
say(const VocJourneyPage *page, const char *text, VocBuffer *out)
{
    if (*text)
        voc_columns_paragraph(text, "", "", page->width, out);
}

static void
indented(const VocJourneyPage *page, const char *text, VocBuffer *out)
{
    if (*text)
        voc_columns_paragraph(text, "    ", "    ", page->width, out);
}

/* Joins what is not empty with a middle dot. */
static void
add_part(GString *line, const char *part)
{
    if (part && *part)
        g_string_append_printf(line, "%s%s", line->len ? " · " : "", part);
}

static void
add_ratings(const VocJourneyPage *page, const float *rating, GString *line)
{
    for (int kind = 0; kind < VOC_N_RATINGS; kind++)
        if (!isnan(rating[kind]))
            add_part(line, voc_phrase_printf(
                               page->phrase, "%s %s",
                               kind == VOC_RATING_STARS ? voc_say("stars")
                                                        : voc_headline_rating((VocRatingKind)kind),
                               voc_phrase_decimal(page->phrase, rating[kind], fmod(rating[kind], 1) != 0)));
}

static const char *
reasons_text(const VocJourneyPage *page, guint reasons)
{
    static const struct {
        guint bit;
        const char *text;
    } WORDS[] = {{VOC_ANSWER_ESCALATED, N_("escalated")},
                 {VOC_ANSWER_LEAVING, N_("about to leave")},
                 {VOC_ANSWER_URGENT, N_("urgent")},
                 {VOC_ANSWER_UNANSWERED, N_("unanswered")},
                 {VOC_ANSWER_NEGATIVE, N_("negative")}};
    g_autoptr(GString) line = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(WORDS); i++)
        if (reasons & WORDS[i].bit)
            g_string_append_printf(line, "%s%s", line->len ? ", " : "", voc_say(WORDS[i].text));
    return voc_phrase_printf(page->phrase, "%s", line->str);
}

static void
write_counts(const VocJourneyPage *page, VocBuffer *out)
{
    const VocJourneys *j = page->journeys;
    VocPhrase *phrase = page->phrase;
    gint64 contacts = j->contacts->len;
    say(page,
        voc_phrase_printf(phrase,
                          voc_say_n("%s contact, %s of them by %s known customers.",
                                    "%s contacts, %s of them by %s known customers.", contacts),
                          voc_phrase_int(phrase, contacts), voc_phrase_int(phrase, j->known),
                          voc_phrase_int(phrase, j->customers)),
        out);
    say(page,
        voc_phrase_printf(phrase,
                          voc_say("Again within 14 days: %s of the known customers' contacts, "
                                  "%s about the same theme."),
                          voc_phrase_share(phrase, j->again, j->known),
                          voc_phrase_share(phrase, j->again_theme, j->known)),
        out);
    say(page,
        voc_phrase_printf(phrase,
                          voc_say("Turned from negative to positive: %s; from positive to negative: %s."),
                          voc_phrase_int(phrase, j->recovered), voc_phrase_int(phrase, j->lost)),
        out);
}

/* Only where staff write at all. */
static void
write_waits(const VocJourneyPage *page, VocBuffer *out)
{
    static const VocAlign ALIGN[] = {VOC_ALIGN_LEFT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT,
                                     VOC_ALIGN_RIGHT};
    g_auto(VocColumns) columns;
    VocPhrase *phrase = page->phrase;
    gboolean any = FALSE;
    voc_columns_init(&columns, G_N_ELEMENTS(ALIGN), ALIGN);
    voc_columns_add(&columns, (const char *[]){voc_say("Channel"), voc_say("Contacts"), voc_say("Answered"),
                                               voc_say("Median wait"), voc_say("Waiting now")});
    for (guint i = 0; i < page->journeys->channels->len; i++) {
        const VocJourneyChannel *c = &g_array_index(page->journeys->channels, VocJourneyChannel, i);
        if (!c->answered && !c->awaited)
            continue;
        any = TRUE;
        voc_columns_add(&columns,
                        (const char *[]){channel_name(page, c->channel), voc_phrase_int(phrase, c->contacts),
                                         voc_phrase_int(phrase, c->answered),
                                         c->median < 0 ? "–" : duration(page, c->median),
                                         voc_phrase_int(phrase, c->awaited)});
    }
    if (!any)
        return;
    heading(voc_say("Time to the first answer"), out);
    voc_columns_write(&columns, page->width, out);
}

static void
write_pressing(const VocJourneyPage *page, VocBuffer *out)
{
    g_autoptr(GArray) list = voc_journeys_pressing(page->journeys, page->days);
    guint n = page->most ? MIN(list->len, (guint)page->most) : list->len;
    VocPhrase *phrase = page->phrase;
    heading(voc_say("Who needs an answer first"), out);
    if (!n)
        say(page, voc_say("Nobody."), out);
    for (guint i = 0; i < n; i++) {
        const VocJourneyContact *c = voc_journeys_at(page->journeys, g_array_index(list, guint, i));
        g_autoptr(GString) line = g_string_new(NULL);
        add_part(line, customer_name(page, c));
        add_part(line, channel_name(page, c->channel));
        add_part(line, voc_phrase_day(phrase, fact_at(page, c->last_row)->day));
        if (c->n_themes)
            add_part(line, theme_name(page, c->themes[0]));
        g_autofree char *number = g_strdup_printf("%2u  ", i + 1);
        voc_columns_paragraph(line->str, number, "    ", page->width, out);
        g_string_assign(line, reasons_text(page, c->reasons));
        if (c->again_theme)
            add_part(line, voc_say("the same theme again"));
        if (c->reply == VOC_REPLY_AWAITED)
            add_part(line,
                     voc_phrase_printf(phrase, voc_say("waiting %s"), duration(page, c->waited_seconds)));
        indented(page, line->str, out);
        indented(page, quote(page, c->last_row), out);
    }
    if (n < list->len)
        say(page,
            voc_phrase_printf(phrase, voc_say("%s of %s; --most 0 shows all."), voc_phrase_int(phrase, n),
                              voc_phrase_int(phrase, list->len)),
            out);
}

static void
write_turns(const VocJourneyPage *page, int turn, const char *head, VocBuffer *out)
{
    int shown = 0;
    for (guint i = page->journeys->contacts->len; i-- > 0 && shown < FLIPS;) {
        const VocJourneyContact *c = voc_journeys_at(page->journeys, i);
        if (c->turn != turn || !c->customer)
            continue;
        const VocJourneyContact *before = c->turn_within ? c : voc_journeys_at(page->journeys, i - 1);
        if (!shown++)
            heading(head, out);
        g_autoptr(GString) line = g_string_new(NULL);
        add_part(line, customer_name(page, c));
        add_part(line, voc_phrase_days(page->phrase, before->day, fact_at(page, c->last_row)->day));
        say(page, line->str, out);
        indented(page, quote(page, c->turn_within ? c->first_row : before->last_row), out);
        indented(page, quote(page, c->last_row), out);
    }
}

/* What came next, `next->returned` times in all. */
static void
write_next(const VocJourneyPage *page, const VocJourneyNext *next, guint most, VocBuffer *out)
{
    static const VocAlign ALIGN[] = {VOC_ALIGN_LEFT, VOC_ALIGN_RIGHT, VOC_ALIGN_RIGHT};
    g_auto(VocColumns) columns;
    VocPhrase *phrase = page->phrase;
    voc_columns_init(&columns, G_N_ELEMENTS(ALIGN), ALIGN);
    voc_columns_add(&columns, (const char *[]){voc_say("Next theme"), voc_say("Contacts"), voc_say("95 %")});
    for (guint i = 0; i < MIN(next->steps->len, most); i++) {
        const VocJourneyStep *step = &g_array_index(next->steps, VocJourneyStep, i);
        VocInterval interval = voc_wilson(step->k, next->returned, 0.95);
        voc_columns_add(
            &columns,
            (const char *[]){theme_name(page, step->theme),
                             voc_phrase_printf(phrase, voc_say("%s of %s"), voc_phrase_int(phrase, step->k),
                                               voc_phrase_int(phrase, next->returned)),
                             voc_phrase_printf(phrase, "%s–%s %%",
                                               voc_phrase_decimal(phrase, 100 * interval.low, 0),
                                               voc_phrase_decimal(phrase, 100 * interval.high, 0))});
    }
    voc_columns_write(&columns, page->width, out);
}

static void
write_returns(const VocJourneyPage *page, const VocJourneyNext *next, VocBuffer *out)
{
    VocPhrase *phrase = page->phrase;
    const char *share = voc_phrase_share(phrase, next->returned, next->contacts);
    say(page,
        next->after
            ? voc_phrase_printf(phrase,
                                voc_say("Of %s other contacts about “%s”, %s were followed by the same "
                                        "customer's next one within 28 days; it was about:"),
                                voc_phrase_int(phrase, next->contacts), theme_name(page, next->after), share)
            : voc_phrase_printf(
                  phrase,
                  voc_say("Too few came back after this theme to go by. Of %s other contacts on "
                          "anything, %s were followed by the same customer's next one within 28 "
                          "days; it was about:"),
                  voc_phrase_int(phrase, next->contacts), share),
        out);
}

void
voc_journey_write_all(const VocJourneyPage *page, VocBuffer *out)
{
    const VocJourneys *j = page->journeys;
    title(page, voc_say("Customers' journeys"), voc_phrase_days(page->phrase, j->first_day, j->last_day),
          out);
    write_counts(page, out);
    write_waits(page, out);
    write_pressing(page, out);
    write_turns(page, 1, voc_say("Recovered: from negative to positive"), out);
    write_turns(page, -1, voc_say("Lost: from positive to negative"), out);
    g_auto(VocJourneyNext) next = {0};
    voc_journeys_next(j, 0, 0, &next);
    if (next.returned < VOC_JOURNEY_SUPPORT)
        return;
    heading(voc_say("What customers come back about"), out);
    say(page,
        voc_phrase_printf(
            page->phrase,
            voc_say("Of %s contacts, %s were followed by the same customer's next one within 28 "
                    "days; it was about:"),
            voc_phrase_int(page->phrase, next.contacts),
            voc_phrase_share(page->phrase, next.returned, next.contacts)),
        out);
    write_next(page, &next, 10, out);
}

/* What a contact was, on the line that begins it. */
static void
write_contact_line(const VocJourneyPage *page, const VocJourneyContact *c, VocBuffer *out)
{
    g_autoptr(GString) line = g_string_new(NULL);
    const VocFact *fact = fact_at(page, c->first_row);
    add_part(line, voc_phrase_printf(page->phrase, "%s %02d%s%02d", voc_phrase_day(page->phrase, c->day),
                                     fact->second / 3600, page->phrase->finnish ? "." : ":",
                                     fact->second / 60 % 60));
    add_part(line, channel_name(page, c->channel));
    for (guint i = 0; i < c->n_themes; i++)
        add_part(line, theme_name(page, c->themes[i]));
    add_part(line, voc_journey_feeling(c->feeling));
    add_ratings(page, c->rating, line);
    voc_columns_paragraph(line->str, "", "  ", page->width, out);
}

static void
write_remarks(const VocJourneyPage *page, const VocJourneyContact *c, VocBuffer *out)
{
    g_autoptr(GString) line = g_string_new(NULL);
    if (c->again)
        add_part(line, c->again_theme ? voc_say("again within 14 days, about the same theme")
                                      : voc_say("again within 14 days"));
    if (c->turn)
        add_part(line, c->turn > 0 ? voc_say("turned from negative to positive")
                                   : voc_say("turned from positive to negative"));
    if (c->reply_seconds >= 0)
        add_part(line, voc_phrase_printf(page->phrase, voc_say("answered in %s"),
                                         duration(page, c->reply_seconds)));
    if (c->waited_seconds >= 0)
        add_part(line,
                 voc_phrase_printf(page->phrase, voc_say("waiting %s"), duration(page, c->waited_seconds)));
    if (c->points)
        add_part(line, voc_phrase_printf(page->phrase, voc_say("needs an answer: %s"),
                                         reasons_text(page, c->reasons)));
    if (line->len)
        voc_columns_paragraph(line->str, "  → ", "    ", page->width, out);
}

static void
write_contact(const VocJourneyPage *page, const VocJourneyContact *c, VocBuffer *out)
{
    write_contact_line(page, c, out);
    write_remarks(page, c, out);
    for (gsize i = 0; i < c->n_rows; i++) {
        gsize row = g_array_index(page->journeys->rows, gsize, c->row + i);
        const char *text = quote(page, row);
        if (*text && fact_at(page, row)->role == VOC_ROLE_AGENT)
            text = voc_phrase_printf(page->phrase, voc_say("We: %s"), text);
        indented(page, text, out);
    }
    voc_buffer_add_char(out, '\n');
}

void
voc_journey_write_customer(const VocJourneyPage *page, gsize begin, gsize n, VocBuffer *out)
{
    const VocJourneys *j = page->journeys;
    const VocJourneyContact *first = voc_journeys_at(j, begin), *last = voc_journeys_at(j, begin + n - 1);
    VocPhrase *phrase = page->phrase;
    title(page, customer_name(page, first),
          voc_phrase_printf(phrase, voc_say_n("%s contact, %s", "%s contacts, %s", (gint64)n),
                            voc_phrase_int(phrase, (gint64)n),
                            voc_phrase_days(phrase, first->day, fact_at(page, last->last_row)->day)),
          out);
    for (gsize i = 0; i < n; i++)
        write_contact(page, voc_journeys_at(j, begin + i), out);
    g_auto(VocJourneyNext) next = {0};
    voc_journeys_next(j, last->n_themes ? last->themes[0] : 0, first->customer, &next);
    if (next.returned < VOC_JOURNEY_SUPPORT) {
        say(page, voc_say("What comes next cannot be told: too few other customers have come back."), out);
        return;
    }
    voc_buffer_add_printf(out, "%s\n", voc_say("What is likely to come next"));
    write_returns(page, &next, out);
    write_next(page, &next, 3, out);
}
