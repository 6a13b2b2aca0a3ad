/* voc redact: personal data masked. */
#include "filter.h"
#include "stage/redact.h"

typedef struct Settings {
    char *key;
    char **patterns;
    char *only;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "pseudonym-key", 0, G_OPTION_ARG_FILENAME, &settings->key,
               N_("Replace customers and names by keyed hashes; FILE holds the key"), N_("FILE"));
    voc_option(entries, "only", 0, G_OPTION_ARG_STRING, &settings->only, N_("Mask only these kinds"),
               N_("KIND,..."));
    voc_option(entries, "patterns", 0, G_OPTION_ARG_FILENAME_ARRAY, &settings->patterns,
               N_("Add patterns and words; they go before the shipped ones"), N_("FILE"));
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    Settings *settings = data;
    VocRedactSettings chosen = {.key = settings->key, .patterns = settings->patterns, .only = settings->only};
    return voc_stage_redact_new(&chosen, context, error);
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->key);
    g_free(settings->only);
    g_strfreev(settings->patterns);
}

const VocFilter voc_filter_redact = {
    .name = "redact",
    .summary = N_("Mask personal data: addresses, numbers, codes, names"),
    .settings_size = sizeof(Settings),
    .options = options,
    .stage = stage,
    .clear = clear,
};
