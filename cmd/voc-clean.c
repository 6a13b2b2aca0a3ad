/* voc clean: what a message's writer said, without markup, quotes and signatures; copies marked. */
#include "filter.h"
#include "stage/clean.h"

typedef struct Settings {
    VocCleanSettings stage;
    gint remember;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "keep-quotes", 0, G_OPTION_ARG_NONE, &settings->stage.keep_quotes,
               N_("Keep quoted replies and forwarded originals"), NULL);
    voc_option(entries, "keep-signatures", 0, G_OPTION_ARG_NONE, &settings->stage.keep_signatures,
               N_("Keep signatures and small print"), NULL);
    voc_option(entries, "original", 0, G_OPTION_ARG_NONE, &settings->stage.keep_original,
               N_("Keep the text as it was, under clean.original"), NULL);
    voc_option(entries, "no-duplicates", 0, G_OPTION_ARG_NONE, &settings->stage.no_duplicates,
               N_("Do not look for messages that came before"), NULL);
    voc_option(entries, "drop-duplicates", 0, G_OPTION_ARG_NONE, &settings->stage.drop_duplicates,
               N_("Leave out messages that came before, instead of marking them"), NULL);
    voc_option(
        entries, "similarity", 0, G_OPTION_ARG_DOUBLE, &settings->stage.similarity,
        N_("The share of letter sequences in common that makes a near copy (0.85; 1: only whole ones)"),
        N_("SHARE"));
    voc_option(entries, "remember", 0, G_OPTION_ARG_INT, &settings->remember,
               N_("How many messages back copies are found (131072)"), N_("N"));
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    Settings *settings = data;
    VocCleanSettings chosen = settings->stage;
    if (chosen.similarity < 0 || chosen.similarity > 1 || settings->remember < 0 ||
        settings->remember > 1 << 24) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE,
                            _("--similarity takes 0 to 1, --remember up to 16777216"));
        return NULL;
    }
    if (chosen.no_duplicates && chosen.drop_duplicates) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE,
                            _("--no-duplicates finds none that --drop-duplicates could drop"));
        return NULL;
    }
    chosen.remember = (guint)settings->remember;
    if (chosen.similarity == 1)
        chosen.similarity = 2; /* signatures of different texts may be the same */
    return voc_stage_clean_new(&chosen, context, error);
}

const VocFilter voc_filter_clean = {
    .name = "clean",
    .summary = N_("Leave of each message what its writer said; mark messages that came before"),
    .settings_size = sizeof(Settings),
    .options = options,
    .stage = stage,
};
