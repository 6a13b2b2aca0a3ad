/* voc lexicon: make, check and look into lexicons. */
#include <math.h>

#include "filter.h"
#include "lexicon-work.h"

static void
options(void *data, GArray *entries)
{
    VocLexiconSettings *settings = data;
    voc_option(entries, "output", 'o', G_OPTION_ARG_FILENAME, &settings->output,
               N_("Write the lexicon to FILE (default: standard output)"), N_("FILE"));
    voc_option(entries, "gold", 'g', G_OPTION_ARG_STRING, &settings->gold,
               N_("learn: the field that says how a text was meant: a label, or a rating"), N_("FIELD"));
    voc_option(entries, "negative", 0, G_OPTION_ARG_STRING, &settings->negative,
               N_("learn: ratings up to this are negative"), N_("NUMBER"));
    voc_option(entries, "positive", 0, G_OPTION_ARG_STRING, &settings->positive,
               N_("learn: ratings from this are positive"), N_("NUMBER"));
    voc_option(entries, "by", 'b', G_OPTION_ARG_STRING, &settings->by,
               N_("learn: the field that names the source of a text; each has its own share of complaints"),
               N_("FIELD"));
    voc_option(entries, "lang", 'L', G_OPTION_ARG_STRING, &settings->lang,
               N_("The language: fi, en or sv (default: each text's own; check: the folder's; else fi)"),
               N_("LANG"));
    voc_option(entries, "afresh", 0, G_OPTION_ARG_NONE, &settings->afresh,
               N_("learn: start from the hand-written lists, not from what was learned before"), NULL);
    voc_option(entries, "calibration", 0, G_OPTION_ARG_FILENAME, &settings->calibration,
               N_("learn: write the calibration to FILE"), N_("FILE"));
    voc_option(entries, "strength", 0, G_OPTION_ARG_STRING, &settings->strength,
               N_("learn: how strongly weights are pulled to what is known (default: 0.7)"), N_("NUMBER"));
    voc_option(entries, "lexicon", 'l', G_OPTION_ARG_FILENAME_ARRAY, &settings->lexicons,
               N_("explain: add a lexicon, as voc score does"), N_("FILE"));
    voc_option(entries, "only", 0, G_OPTION_ARG_NONE, &settings->only,
               N_("explain: without the shipped weights"), NULL);
    voc_option(entries, "color", 0, G_OPTION_ARG_STRING, &settings->colour,
               N_("explain: colour: auto, always or never"), N_("WHEN"));
    voc_option(entries, "min-count", 0, G_OPTION_ARG_INT, &settings->min_count,
               N_("learn: a term must be in this many texts (default: 2)"), N_("N"));
}

static gboolean
run(VocProgram *program, void *settings, char **operands, GError **error)
{
    static const struct {
        const char *name;
        VocLexiconWork *work;
    } WORKS[] = {{"check", voc_lexicon_work_check},
                 {"learn", voc_lexicon_work_learn},
                 {"explain", voc_lexicon_work_explain}};
    for (guint i = 0; operands[0] && i < G_N_ELEMENTS(WORKS); i++)
        if (g_str_equal(operands[0], WORKS[i].name))
            return WORKS[i].work(program, settings, operands + 1, error);
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("do what? check, learn or explain"));
    return FALSE;
}

static void
clear(void *data)
{
    VocLexiconSettings *settings = data;
    g_free(settings->output);
    g_free(settings->gold);
    g_free(settings->negative);
    g_free(settings->positive);
    g_free(settings->by);
    g_free(settings->lang);
    g_free(settings->calibration);
    g_free(settings->strength);
    g_strfreev(settings->lexicons);
    g_free(settings->colour);
}

const VocFilter voc_filter_lexicon = {
    .name = "lexicon",
    .summary = N_("Check, learn and explain lexicons"),
    .operands = N_("check|learn|explain [FILE...]"),
    .settings_size = sizeof(VocLexiconSettings),
    .options = options,
    .run = run,
    .clear = clear,
};
