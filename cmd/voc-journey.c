/* voc journey: customers' contacts through time. */
#include "facts.h"
#include "journey-json.h"
#include "report/journey-text.h"
#include "terminal.h"

#include <math.h>

typedef struct Settings {
    char *customer, *lang, *themes;
    int days, most, jobs;
    gboolean contacts, json;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    settings->days = 28;
    settings->most = 20;
    voc_option(entries, "customer", 'c', G_OPTION_ARG_STRING, &settings->customer,
               N_("One customer's contacts, and what is likely to come next"), N_("KEY"));
    voc_option(entries, "contacts", 0, G_OPTION_ARG_NONE, &settings->contacts,
               N_("Every contact of every customer, one a row"), NULL);
    voc_option(entries, "days", 'd', G_OPTION_ARG_INT, &settings->days,
               N_("Leave out of those who need an answer what is older, 0: nothing (28)"), N_("N"));
    voc_option(entries, "most", 'n', G_OPTION_ARG_INT, &settings->most,
               N_("At most so many of those who need an answer, 0: all (20)"), N_("N"));
    voc_option(entries, "lang", 'l', G_OPTION_ARG_STRING, &settings->lang,
               N_("The text's language: fi or en (default: the environment's)"), N_("LANG"));
    voc_option(
        entries, "themes", 't', G_OPTION_ARG_FILENAME, &settings->themes,
        N_("Use the themes of FILE (default: the records' own, else the codebook of customer service)"),
        N_("FILE"));
    voc_option(entries, "json", 0, G_OPTION_ARG_NONE, &settings->json, N_("Write lines of JSON"), NULL);
    voc_option(entries, "jobs", 'j', G_OPTION_ARG_INT, &settings->jobs, N_("Threads (default: one a core)"),
               N_("N"));
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->customer);
    g_free(settings->lang);
    g_free(settings->themes);
}

/* A contact a row, for tables and spreadsheets. */
static gboolean
write_table(VocProgram *program, const VocJourneys *journeys, gsize begin, gsize n, GError **error)
{
    g_auto(VocTable) table = {0};
    const VocFacts *facts = journeys->facts;
    voc_table_init(&table);
    voc_table_columns(&table, "customer thread channel day >messages >answers theme >sentiment reply "
                              ">reply_hours turn again");
    for (gsize i = begin; i < begin + n; i++) {
        const VocJourneyContact *c = voc_journeys_at(journeys, i);
        VocPeriod day = voc_period_of(VOC_PERIOD_DAY, c->day);
        g_autofree char *label = voc_period_label(&day);
        voc_table_text(&table, voc_slice_from_string(voc_facts_name(facts, c->customer)));
        voc_table_text(&table, voc_slice_from_string(voc_facts_name(facts, c->thread)));
        voc_table_text(&table, voc_slice_from_string(voc_facts_name(facts, c->channel)));
        voc_table_text(&table, voc_slice_from_string(label));
        voc_week_cell(&table, c->messages, 0);
        voc_week_cell(&table, c->answers, 0);
        voc_table_text(&table, voc_slice_from_string(voc_facts_name(facts, c->n_themes ? c->themes[0] : 0)));
        voc_week_cell(&table, c->feeling, 3);
        voc_table_text(&table, voc_slice_from_string(voc_journey_reply_name(c->reply)));
        voc_week_cell(&table, c->reply_seconds < 0 ? NAN : (double)c->reply_seconds / 3600, 2);
        voc_table_text(&table, voc_slice_from_string(c->turn > 0 ? "recovered" : c->turn < 0 ? "lost" : ""));
        voc_table_text(&table, voc_slice_from_string(c->again_theme ? "theme" : c->again ? "yes" : ""));
    }
    return voc_table_write(&table, program, error);
}

static void
write_json(const Settings *settings, const VocJourneys *journeys, gsize begin, gsize n, VocBuffer *out)
{
    g_auto(VocJourneyNext) next = {0};
    if (settings->customer) {
        const VocJourneyContact *last = voc_journeys_at(journeys, begin + n - 1);
        voc_journey_json_contacts(journeys, begin, n, out);
        voc_journeys_next(journeys, last->n_themes ? last->themes[0] : 0, last->customer, &next);
    } else if (settings->contacts) {
        voc_journey_json_contacts(journeys, begin, n, out);
        return;
    } else {
        voc_journey_json_summary(journeys, out);
        voc_journey_json_pressing(journeys, settings->days, settings->most, out);
        voc_journeys_next(journeys, 0, 0, &next);
    }
    voc_journey_json_next(journeys, &next, out);
}

static gboolean
write_journeys(VocProgram *program, const Settings *settings, const VocJourneys *journeys, VocPhrase *phrase,
               GError **error)
{
    gsize begin = 0, n = journeys->contacts->len;
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    VocJourneyPage page = {journeys, phrase, MIN(voc_terminal_width(program), 100), settings->days,
                           settings->most};
    if (settings->customer && !voc_journeys_find(journeys, settings->customer, &begin, &n)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, _("there is no contact of a customer '%s'"),
                    settings->customer);
        return FALSE;
    }
    if (settings->json)
        write_json(settings, journeys, begin, n, &out);
    else if (settings->contacts)
        return write_table(program, journeys, begin, n, error);
    else if (settings->customer)
        voc_journey_write_customer(&page, begin, n, &out);
    else
        voc_journey_write_all(&page, &out);
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    const Settings *settings = data;
    VocWeekSettings week = {.themes = settings->themes, .jobs = settings->jobs, .baseline = 26};
    g_auto(VocPhrase) phrase = {0};
    if (settings->days < 0 || settings->most < 0 || (settings->customer && !*settings->customer)) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE,
                            _("--days and --most take 0 or more, --customer a key"));
        return FALSE;
    }
    if (!voc_week_phrase(&phrase, settings->lang, error))
        return FALSE;
    g_autoptr(VocFacts) facts = voc_week_facts(program, &week, operands, error);
    g_autoptr(VocJourneys) journeys = facts ? voc_journeys_new(facts, error) : NULL;
    return journeys && write_journeys(program, settings, journeys, &phrase, error);
}

const VocFilter voc_filter_journey = {
    .name = "journey",
    .summary = N_("Follow customers through their contacts: who needs an answer, whose mind turned"),
    .operands = N_("[PATH|DB...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
