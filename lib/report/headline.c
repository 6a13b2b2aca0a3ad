#include "report/headline.h"

#include <math.h>

/* At most this many themes are named in the headline. */
#define HEADLINE_THEMES 3

const char *
voc_headline_title(const VocContent *content, VocPhrase *phrase)
{
    return voc_phrase_printf(phrase, voc_say("Customer feedback, %s"),
                             voc_phrase_period(phrase, &content->period));
}

const char *
voc_headline_theme(const VocContent *content, VocPhrase *phrase, VocName theme)
{
    const char *name = voc_facts_theme_name(content->facts, theme, phrase->lang);
    char first[8] = "";
    if (!g_utf8_validate(name, -1, NULL) || *name == '\0')
        return name;
    first[g_unichar_to_utf8(g_unichar_toupper(g_utf8_get_char(name)), first)] = '\0';
    return voc_phrase_printf(phrase, "%s%s", first, g_utf8_next_char(name));
}

typedef struct Known {
    const char *key, *text;
} Known;

static const char *
known(const Known *list, gsize n, const char *key, const char *otherwise)
{
    for (gsize i = 0; i < n; i++)
        if (g_str_equal(list[i].key, key))
            return voc_say(list[i].text);
    return otherwise;
}

const char *
voc_headline_channel_name(const char *channel)
{
    static const Known channels[] = {{"email", N_("e-mail")},  {"chat", N_("chat")},
                                     {"call", N_("phone")},    {"survey", N_("survey")},
                                     {"review", N_("review")}, {"social", N_("social media")},
                                     {"ticket", N_("ticket")}};
    return known(channels, G_N_ELEMENTS(channels), channel, channel);
}

const char *
voc_headline_channel(const VocContent *content, VocPhrase *phrase, VocName channel)
{
    const char *name = voc_headline_place(content, phrase, channel);
    return channel ? voc_headline_channel_name(name) : name;
}

const char *
voc_headline_place(const VocContent *content, VocPhrase *phrase, VocName place)
{
    (void)phrase;
    return place ? voc_facts_name(content->facts, place) : voc_say("not said");
}

const char *
voc_headline_language(const VocContent *content, VocPhrase *phrase, VocName lang)
{
    static const Known languages[] = {
        {"fi", N_("Finnish")}, {"en", N_("English")}, {"sv", N_("Swedish")}, {"und", N_("not known")}};
    const char *code = voc_facts_name(content->facts, lang);
    (void)phrase;
    return known(languages, G_N_ELEMENTS(languages), lang ? code : "und", code);
}

const char *
voc_headline_owner(const char *owner)
{
    static const Known owners[] = {{"service-design", N_("Service design")},
                                   {"service design", N_("Service design")},
                                   {"product", N_("Product")},
                                   {"communication", N_("Communication")},
                                   {"internal-process", N_("Internal process")},
                                   {"internal process", N_("Internal process")}};
    return known(owners, G_N_ELEMENTS(owners), owner, owner);
}

const char *
voc_headline_cue_kind(const char *kind)
{
    static const Known kinds[] = {{"chase", N_("asking after something late or unanswered")},
                                  {"fault", N_("something is broken or wrong")},
                                  {"repeat", N_("having to ask again")},
                                  {"unresolved", N_("not solved")},
                                  {"misrouted", N_("sent from one place to another")},
                                  {"clarify", N_("unclear information")}};
    return known(kinds, G_N_ELEMENTS(kinds), kind, kind);
}

const char *
voc_headline_rating(VocRatingKind kind)
{
    static const char *const names[] = {"NPS", "CSAT", "CES", N_("Star average")};
    return voc_say(names[kind]);
}

const char *
voc_headline_rating_value(VocPhrase *phrase, VocRatingKind kind, double value)
{
    return kind == VOC_RATING_NPS ? voc_phrase_decimal(phrase, value, 0)
                                  : voc_phrase_decimal(phrase, value, 2);
}

const char *
voc_headline_change(VocChange change)
{
    static const char *const words[] = {
        N_("too few"),       N_("within chance"),  N_("rose"), N_("fell"),
        N_("rising slowly"), N_("falling slowly"), N_("new"),
    };
    return voc_say(words[change]);
}

const char *
voc_headline_arrow(VocChange change)
{
    static const char *const arrows[] = {"", "", "▲", "▼", "↗", "↘", "✱"};
    return arrows[change];
}

const char *
voc_headline_effect_unit(const VocContent *content)
{
    static const char *const units[] = {N_("NPS points"), N_("CSAT"), N_("CES"), N_("stars")};
    return content->effect_of < 0 ? voc_say("sentiment points") : voc_say(units[content->effect_of]);
}

const char *
voc_headline_effect_name(const VocContent *content)
{
    static const char *const names[] = {N_("NPS effect"), N_("CSAT effect"), N_("CES effect"),
                                        N_("stars effect")};
    return content->effect_of < 0 ? voc_say("sentiment effect") : voc_say(names[content->effect_of]);
}

int
voc_headline_effect_decimals(const VocContent *content)
{
    return content->effect_of <= VOC_RATING_NPS ? 1 : 2;
}

const char *
voc_headline_before(const VocContent *content)
{
    static const char *const words[] = {N_("day before"), N_("week before"), N_("month before")};
    return voc_say(words[content->period.kind]);
}

const char *
voc_headline_usual(const VocContent *content, VocPhrase *phrase)
{
    gint64 n = content->n_usual;
    const char *format =
        content->period.kind == VOC_PERIOD_DAY    ? voc_say_n("%d day before", "%d days before", n)
        : content->period.kind == VOC_PERIOD_WEEK ? voc_say_n("%d week before", "%d weeks before", n)
                                                  : voc_say_n("%d month before", "%d months before", n);
    return voc_phrase_printf(phrase, format, content->n_usual);
}

const char *
voc_headline_trace(const VocContent *content, VocPhrase *phrase, gsize row)
{
    const VocFact *fact = voc_facts_at(content->facts, row);
    const char *id = voc_facts_id(content->facts, fact), *source = voc_facts_source(content->facts, fact);
    g_autoptr(GString) trace = g_string_new(NULL);
    if (fact->day != VOC_DAY_NONE)
        g_string_append(trace, voc_phrase_day_short(phrase, fact->day));
    if (fact->channel)
        g_string_append_printf(trace, "%s%s", trace->len ? " · " : "",
                               voc_headline_channel(content, phrase, fact->channel));
    for (int kind = 0; kind < VOC_N_RATINGS; kind++)
        if (!isnan(fact->rating[kind]))
            g_string_append_printf(
                trace, "%s%s %s", trace->len ? " · " : "", voc_headline_rating((VocRatingKind)kind),
                voc_phrase_decimal(phrase, fact->rating[kind], fmod(fact->rating[kind], 1) != 0));
    /* The file's name will do for people; JSON has its whole path. */
    const char *slash = strrchr(source, '/');
    if (*source)
        g_string_append_printf(trace, "%s%s", trace->len ? " · " : "",
                               slash && slash[1] ? slash + 1 : source);
    if (*id)
        g_string_append_printf(trace, "%s%s", trace->len ? " · " : "", id);
    return voc_phrase_printf(phrase, "%s", trace->str);
}

/* What the rating lost or won by a theme, as the end of a sentence; "" when there is nothing to say. */
static const char *
cost_of(const VocContent *content, VocPhrase *phrase, const VocThemeFigure *theme)
{
    double least = content->effect_of == VOC_RATING_NPS ? 0.5 : 0.05;
    if (content->effect_of < 0 || isnan(theme->effect) || fabs(theme->effect) < least)
        return "";
    const char *points =
        voc_phrase_decimal(phrase, fabs(theme->effect), voc_headline_effect_decimals(content));
    const char *unit = voc_headline_effect_unit(content);
    return voc_phrase_printf(phrase,
                             theme->effect < 0 ? voc_say(", and cost %s %s") : voc_say(", and brought %s %s"),
                             points, unit);
}

/* A slow drift: the first and the last third of the history. */
static const char *
drift_sentence(VocPhrase *phrase, const VocThemeFigure *theme, const char *name, const char *cost)
{
    int first = 0;
    while (first < VOC_HISTORY - 3 && theme->history[first] < 0)
        first++;
    int length = VOC_HISTORY - first, third = length / 3;
    gint64 k[2] = {0, 0}, n[2] = {0, 0};
    for (int i = 0; i < third; i++) {
        k[0] += theme->history[first + i];
        n[0] += theme->history_of[first + i];
        k[1] += theme->history[VOC_HISTORY - 1 - i];
        n[1] += theme->history_of[VOC_HISTORY - 1 - i];
    }
    const char *format =
        theme->messages.verdict == VOC_CHANGE_UP_SLOWLY
            ? voc_say("%s has been rising: from %s to %s of messages (first and last %d of %d periods)%s.")
            : voc_say("%s has been falling: from %s to %s of messages (first and last %d of %d periods)%s.");
    return voc_phrase_printf(phrase, format, name, voc_phrase_share(phrase, k[0], n[0]),
                             voc_phrase_share(phrase, k[1], n[1]), third, length, cost);
}

static const char *
theme_sentence(const VocContent *content, VocPhrase *phrase, const VocThemeFigure *theme)
{
    const VocShareFigure *m = &theme->messages;
    gboolean baseline = content->n_usual >= 3;
    gint64 k0 = baseline ? m->k_usual : m->k_before, n0 = baseline ? m->n_usual : m->n_before;
    const char *name = voc_headline_theme(content, phrase, theme->theme);
    const char *cost = cost_of(content, phrase, theme);
    const char *now = voc_phrase_percent_number(phrase, (double)m->k / (double)m->n);
    const char *then = voc_phrase_percent_number(phrase, n0 > 0 ? (double)k0 / (double)n0 : NAN);
    const char *count =
        voc_phrase_printf(phrase, voc_say_n("%s message", "%s messages", m->k), voc_phrase_int(phrase, m->k));
    if (m->verdict == VOC_CHANGE_NEW)
        return voc_phrase_printf(phrase, voc_say("%s is new: %s%s."), name, count, cost);
    if (m->verdict == VOC_CHANGE_UP_SLOWLY || m->verdict == VOC_CHANGE_DOWN_SLOWLY)
        return drift_sentence(phrase, theme, name, cost);
    if (m->n < VOC_SMALL || n0 < VOC_SMALL)
        return voc_phrase_printf(phrase,
                                 m->verdict == VOC_CHANGE_UP ? voc_say("%s rose to %s of %s messages%s.")
                                                             : voc_say("%s fell to %s of %s messages%s."),
                                 name, voc_phrase_int(phrase, m->k), voc_phrase_int(phrase, m->n), cost);
    return voc_phrase_printf(phrase,
                             m->verdict == VOC_CHANGE_UP
                                 ? voc_say("%s rose from %s%% to %s%% of messages%s.")
                                 : voc_say("%s fell from %s%% to %s%% of messages%s."),
                             name, then, now, cost);
}

static gboolean
is_slow(const VocThemeFigure *theme)
{
    return theme->messages.verdict == VOC_CHANGE_UP_SLOWLY ||
           theme->messages.verdict == VOC_CHANGE_DOWN_SLOWLY;
}

static int
by_evidence(gconstpointer a, gconstpointer b)
{
    const VocThemeFigure *x = *(const VocThemeFigure *const *)a, *y = *(const VocThemeFigure *const *)b;
    double qx = is_slow(x) ? x->slope_q : x->messages.q, qy = is_slow(y) ? y->slope_q : y->messages.q;
    gboolean rises = voc_change_rises(x->messages.verdict);
    if (rises != voc_change_rises(y->messages.verdict))
        return rises ? -1 : 1;
    if (qx != qy)
        return qx < qy ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* The themes that changed, what rose before what fell and the surest first: those of this period, or the slow
 * drifts. Returns how many. */
static guint
say_themes(const VocContent *content, VocPhrase *phrase, gboolean slow, GPtrArray *sentences)
{
    g_autoptr(GPtrArray) changed = g_ptr_array_new();
    for (gsize i = 0; i < content->n_themes; i++) {
        const VocThemeFigure *theme = &content->themes[i];
        if (theme->messages.verdict > VOC_CHANGE_NONE && is_slow(theme) == slow)
            g_ptr_array_add(changed, (gpointer)theme);
    }
    g_ptr_array_sort(changed, by_evidence);
    for (guint i = 0; i < changed->len && i < HEADLINE_THEMES; i++)
        g_ptr_array_add(sentences, (gpointer)theme_sentence(content, phrase, g_ptr_array_index(changed, i)));
    return changed->len;
}

/* "the change of +3 is real" or not, against the period before. */
static const char *
change_of(VocPhrase *phrase, const VocRatingFigure *rating)
{
    const char *points =
        voc_phrase_signed(phrase, rating->value - rating->before, rating->kind == VOC_RATING_NPS ? 0 : 2);
    return voc_phrase_printf(phrase,
                             rating->p_before <= 0.05 ? voc_say("a real change of %s")
                                                      : voc_say("the change of %s is within chance"),
                             points);
}

static void
say_rating(const VocContent *content, VocPhrase *phrase, const VocRatingFigure *rating, GPtrArray *sentences)
{
    const char *name = voc_headline_rating(rating->kind);
    const char *n = voc_phrase_printf(phrase, voc_say_n("%s answer", "%s answers", rating->n),
                                      voc_phrase_int(phrase, rating->n));
    if (rating->n < VOC_SMALL && rating->kind == VOC_RATING_NPS) {
        g_ptr_array_add(
            sentences,
            (gpointer)voc_phrase_printf(
                phrase,
                voc_say("%s: only %s (%s promoters, %s passives, %s detractors), too few for a score."), name,
                n, voc_phrase_int(phrase, rating->promoters), voc_phrase_int(phrase, rating->passives),
                voc_phrase_int(phrase, rating->detractors)));
        return;
    }
    const char *value = voc_headline_rating_value(phrase, rating->kind, rating->value);
    const char *margin = voc_headline_rating_value(phrase, rating->kind, rating->margin);
    if (isnan(rating->p_before)) {
        g_ptr_array_add(sentences, (gpointer)voc_phrase_printf(phrase, voc_say("%s was %s ± %s (%s)."), name,
                                                               value, margin, n));
        return;
    }
    g_ptr_array_add(sentences, (gpointer)voc_phrase_printf(
                                   phrase, voc_say("%s was %s ± %s (%s); %s: %s, %s."), name, value, margin,
                                   n, voc_headline_before(content),
                                   voc_headline_rating_value(phrase, rating->kind, rating->before),
                                   change_of(phrase, rating)));
}

static void
say_negative(const VocContent *content, VocPhrase *phrase, GPtrArray *sentences)
{
    const VocShareFigure *f = &content->negative;
    if (f->n == 0)
        return;
    gboolean baseline = content->n_usual >= 3;
    gint64 k0 = baseline ? f->k_usual : f->k_before, n0 = baseline ? f->n_usual : f->n_before;
    const char *now = voc_phrase_share(phrase, f->k, f->n);
    if (n0 == 0) {
        g_ptr_array_add(sentences,
                        (gpointer)voc_phrase_printf(phrase, voc_say("Negative messages: %s."), now));
        return;
    }
    const char *then = voc_phrase_share(phrase, k0, n0);
    const char *against = baseline ? voc_headline_usual(content, phrase) : voc_headline_before(content);
    g_ptr_array_add(sentences,
                    (gpointer)voc_phrase_printf(phrase, voc_say("Negative messages: %s; %s: %s (%s)."), now,
                                                against, then, voc_headline_change(f->verdict)));
}

static void
say_volume(const VocContent *content, VocPhrase *phrase, GPtrArray *sentences)
{
    const VocCountFigure *f = &content->messages;
    const char *messages = voc_phrase_printf(phrase, voc_say_n("%s message", "%s messages", f->now),
                                             voc_phrase_int(phrase, f->now));
    const char *contacts =
        voc_phrase_printf(phrase, voc_say_n("%s contact", "%s contacts", content->contacts.now),
                          voc_phrase_int(phrase, content->contacts.now));
    const char *format = voc_say("%s in %s.");
    const char *expected = "";
    if (!isnan(f->expected.low)) {
        expected = voc_phrase_printf(phrase, "%s–%s", voc_phrase_decimal(phrase, floor(f->expected.low), 0),
                                     voc_phrase_decimal(phrase, ceil(f->expected.high), 0));
        format = (double)f->now < f->expected.low
                     ? voc_say("%s in %s: fewer messages than the %s to be expected.")
                 : (double)f->now > f->expected.high
                     ? voc_say("%s in %s: more messages than the %s to be expected.")
                     : voc_say("%s in %s, as many as usual (%s messages).");
        g_ptr_array_add(sentences, (gpointer)voc_phrase_printf(phrase, format, messages, contacts, expected));
        return;
    }
    g_ptr_array_add(sentences, (gpointer)voc_phrase_printf(phrase, format, messages, contacts));
}

/* Whether a rating or the share of negative messages is not what it was. */
static gboolean
has_moved(const VocContent *content)
{
    gboolean moved =
        content->negative.verdict == VOC_CHANGE_UP || content->negative.verdict == VOC_CHANGE_DOWN;
    for (gsize i = 0; i < content->n_ratings; i++)
        moved |= content->ratings[i].p_before < 0.05 || content->ratings[i].p_usual < 0.05;
    return moved;
}

GPtrArray *
voc_headline_sentences(const VocContent *content, VocPhrase *phrase)
{
    GPtrArray *sentences = g_ptr_array_new();
    guint changed = say_themes(content, phrase, FALSE, sentences);
    /* Where nothing else is more than chance, a slow drift is the news. */
    gboolean drifts_first = changed == 0 && !has_moved(content);
    if (drifts_first)
        changed += say_themes(content, phrase, TRUE, sentences);
    for (gsize i = 0; i < content->n_ratings; i++)
        say_rating(content, phrase, &content->ratings[i], sentences);
    say_negative(content, phrase, sentences);
    if (!drifts_first)
        changed += say_themes(content, phrase, TRUE, sentences);
    if (changed == 0 && content->tested > 0)
        g_ptr_array_add(sentences, (gpointer)voc_say("No theme rose or fell by more than chance."));
    say_volume(content, phrase, sentences);
    if (content->partial)
        g_ptr_array_add(
            sentences,
            (gpointer)voc_phrase_printf(
                phrase,
                voc_say("The data end on %s: the same first %d days of earlier periods are compared."),
                voc_phrase_day(phrase, content->data_last), content->period.covered));
    return sentences;
}

G_GNUC_PRINTF(3, 4)
static void
add(GPtrArray *list, VocPhrase *phrase, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(list, (gpointer)voc_phrase_printf(phrase, "%s", text));
}

static void
left_out(const VocContent *content, VocPhrase *phrase, GPtrArray *list)
{
    const struct {
        gint64 n;
        const char *one, *many;
    } parts[] = {
        {content->from_agents, NN_("%s message from staff", "%s messages from staff")},
        {content->from_bots, NN_("%s from machines", "%s from machines")},
        {content->duplicates, NN_("%s duplicate", "%s duplicates")},
        {content->automatic, NN_("%s automatic reply", "%s automatic replies")},
    };
    g_autoptr(GString) said = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].n == 0)
            continue;
        g_string_append(said, said->len ? ", " : "");
        g_string_append_printf(said, voc_say_n(parts[i].one, parts[i].many, parts[i].n),
                               voc_phrase_int(phrase, parts[i].n));
    }
    if (said->len)
        add(list, phrase, voc_say("Left out of all figures: %s."), said->str);
}

GPtrArray *
voc_headline_method(const VocContent *content, VocPhrase *phrase)
{
    GPtrArray *list = g_ptr_array_new();
    add(list, phrase,
        voc_say("A message is one text from a customer; a contact is all messages of one thread. Shares are "
                "of messages, ratings of contacts."));
    add(list, phrase,
        voc_say("The period has %s rows; %s of them are customers' messages that count, %s with text."),
        voc_phrase_int(phrase, content->rows), voc_phrase_int(phrase, content->messages.now),
        voc_phrase_int(phrase, content->with_text));
    left_out(content, phrase, list);
    if (content->n_themes)
        add(list, phrase, voc_say("No theme was found in %s of the messages with text."),
            voc_phrase_share(phrase, content->unassigned.k, content->unassigned.n));
    if (content->unscored)
        add(list, phrase,
            voc_say_n("%s message with text has no sentiment.", "%s messages with text have no sentiment.",
                      content->unscored),
            voc_phrase_int(phrase, content->unscored));
    g_autoptr(GString) languages = g_string_new(NULL);
    for (gsize i = 0; i < content->n_languages; i++)
        if (content->languages[i].messages)
            g_string_append_printf(languages, "%s%s %s", languages->len ? ", " : "",
                                   voc_headline_language(content, phrase, content->languages[i].name),
                                   voc_phrase_int(phrase, content->languages[i].messages));
    add(list, phrase, voc_say("Languages (messages): %s."), languages->str);
    if (content->undated)
        add(list, phrase,
            voc_say_n("%s row in the data has no usable time and is in no period.",
                      "%s rows in the data have no usable time and are in no period.", content->undated),
            voc_phrase_int(phrase, content->undated));
    if (content->rejected)
        add(list, phrase,
            voc_say_n("%s row could not be read.", "%s rows could not be read.", content->rejected),
            voc_phrase_int(phrase, content->rejected));
    add(list, phrase, voc_say("Compared with the %s and with the %s. The data are from %s."),
        voc_headline_before(content), voc_headline_usual(content, phrase),
        voc_phrase_days(phrase, content->data_first, content->data_last));
    if (content->tested)
        add(list, phrase,
            voc_say_n(
                "%d theme was tested (Fisher's exact test, allowing for how much periods vary); of the "
                "changes marked, at most %s are expected to be chance (Benjamini and Hochberg).",
                "%d themes were tested (Fisher's exact test, allowing for how much periods vary); of the "
                "changes marked, at most %s are expected to be chance (Benjamini and Hochberg).",
                (gint64)content->tested),
            (int)content->tested, voc_phrase_percent(phrase, content->options.fdr));
    add(list, phrase,
        voc_say(
            "Shares of fewer than %d are given as counts. Intervals are 95 %% (Wilson, Newcombe, Student)."),
        VOC_SMALL);
    add(list, phrase, "voc %s", VOC_VERSION);
    return list;
}
