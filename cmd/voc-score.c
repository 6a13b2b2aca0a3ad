/* voc score: sentiment of each message, with the words that made it. */
#include "filter.h"
#include "stage/score.h"

static void
options(void *data, GArray *entries)
{
    VocScoreSettings *settings = data;
    voc_option(entries, "lexicon", 'l', G_OPTION_ARG_FILENAME_ARRAY, &settings->lexicons,
               N_("Add a lexicon: term, weight, note in columns; its weights win over the shipped ones"),
               N_("FILE"));
    voc_option(entries, "only", 0, G_OPTION_ARG_NONE, &settings->only,
               N_("Score with the given lexicons, without the shipped weights"), NULL);
    voc_option(entries, "rules", 0, G_OPTION_ARG_STRING, &settings->rules,
               N_("Whose rules: voc, or vader for the compound of VADER with its own lexicon"), N_("RULES"));
    voc_option(entries, "segments", 0, G_OPTION_ARG_NONE, &settings->segments,
               N_("Tell the score of each sentence and clause too"), NULL);
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    return voc_stage_score_new(data, context, error);
}

static void
clear(void *data)
{
    VocScoreSettings *settings = data;
    g_strfreev(settings->lexicons);
    g_free(settings->rules);
}

const VocFilter voc_filter_score = {
    .name = "score",
    .summary = N_("Score each message's sentiment against lexicons, and say which words made it"),
    .settings_size = sizeof(VocScoreSettings),
    .options = options,
    .stage = stage,
    .clear = clear,
};
