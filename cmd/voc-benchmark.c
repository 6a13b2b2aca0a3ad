/* voc benchmark: own tallies beside others'. */
#include "facts.h"
#include "progress.h"
#include "report/benchmark-text.h"
#include "terminal.h"
#include "theme/themes.h"

#include <math.h>

typedef struct Settings {
    char *units, *unit, *mix, *lang, *themes;
    gboolean each, all, json;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "units", 'u', G_OPTION_ARG_STRING, &settings->units,
               N_("Compare the values of this field of the tallies with each other"), N_("FIELD"));
    voc_option(entries, "unit", 0, G_OPTION_ARG_STRING, &settings->unit,
               N_("Only this unit beside the others"), N_("NAME"));
    voc_option(entries, "mix", 'm', G_OPTION_ARG_STRING, &settings->mix,
               N_("The field whose mix is allowed for, or none (channel)"), N_("FIELD"));
    voc_option(entries, "each", 'e', G_OPTION_ARG_NONE, &settings->each,
               N_("Beside each of the others too, not only all together"), NULL);
    voc_option(entries, "all", 'a', G_OPTION_ARG_NONE, &settings->all,
               N_("Show themes and cues that differ by no more than chance, too"), NULL);
    voc_option(entries, "lang", 'l', G_OPTION_ARG_STRING, &settings->lang,
               N_("The text's language: fi or en (default: the environment's)"), N_("LANG"));
    voc_option(entries, "themes", 't', G_OPTION_ARG_FILENAME, &settings->themes,
               N_("Names of themes from FILE (default: the codebook of customer service)"), N_("FILE"));
    voc_option(entries, "json", 0, G_OPTION_ARG_NONE, &settings->json, N_("Write lines of JSON"), NULL);
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->units);
    g_free(settings->unit);
    g_free(settings->mix);
    g_free(settings->lang);
    g_free(settings->themes);
}

typedef struct Reading {
    VocStage stage;
    VocBenchmark *benchmark;
    const char *group;
} Reading;

static VocVerdict
pass(void *worker, VocRecord *record, const char **reason)
{
    (void)worker;
    (void)record;
    (void)reason;
    return VOC_KEEP;
}

static VocVerdict
gather(VocStage *stage, VocRecord *record, const char **reason)
{
    Reading *reading = (Reading *)stage;
    return voc_benchmark_add(reading->benchmark, record, reading->group, reason) ? VOC_DROP : VOC_REJECT;
}

static const VocStageOps OPS = {.name = "benchmark", .process = pass, .ordered = gather};

/* An organisation is called by its file, without folder and endings. */
static char *
group_name(const char *path)
{
    char *name = g_path_get_basename(path);
    char *dot = strchr(name + 1, '.');
    if (dot)
        *dot = '\0';
    return name;
}

static gboolean
read_tallies(VocProgram *program, VocBenchmark *benchmark, char **operands, GError **error)
{
    char *stdin_only[] = {(char *)"-", NULL};
    for (char **path = operands[0] ? operands : stdin_only; *path; path++) {
        const char *const paths[] = {*path, NULL};
        g_autofree char *group = group_name(*path);
        Reading reading = {{.ops = &OPS}, benchmark, group};
        if (!voc_program_gather(program, &reading.stage, paths, error))
            return FALSE;
    }
    return TRUE;
}

/* Names of themes in the language; the ids themselves where the file does not have them. */
static GHashTable *
theme_names(VocProgram *program, const Settings *settings, const VocPhrase *phrase, GError **error)
{
    g_autofree char *codebook =
        g_build_filename(voc_context_data_dir(program->context), "data", "themes-service.themes", NULL);
    g_autoptr(VocThemes) themes = voc_themes_read(settings->themes ? settings->themes : codebook, error);
    if (!themes)
        return NULL;
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        const char *name = theme->names[phrase->finnish ? VOC_LANG_FI : VOC_LANG_EN];
        if (name && *name)
            g_hash_table_insert(names, g_strdup(theme->id), g_strdup(name));
    }
    return names;
}

static void
add_difference(VocBuffer *out, const char *key, const VocStandardDifference *difference)
{
    g_auto(VocBuffer) object = VOC_BUFFER_INIT;
    voc_buffer_add_char(&object, '{');
    voc_week_member(&object, "value", difference->value, 6);
    voc_week_member(&object, "low", difference->interval.low, 6);
    voc_week_member(&object, "high", difference->interval.high, 6);
    voc_week_member(&object, "p", difference->p, 9);
    voc_buffer_add_printf(out, ",\"%s\":%s}", key, voc_buffer_string(&object));
}

static void
write_json(const GArray *lines, const char *mix, VocBuffer *out)
{
    static const char *const KINDS[] = {"share", "mean", "nps"};
    for (guint i = 0; i < lines->len; i++) {
        const VocBenchmarkLine *line = &g_array_index(lines, VocBenchmarkLine, i);
        voc_buffer_add_char(out, '{');
        voc_week_member(out, "benchmark", 1, 0);
        voc_week_member_text(out, "group", line->group);
        if (line->against)
            voc_week_member_text(out, "against", line->against);
        else
            voc_buffer_add_literal(out, ",\"against\":null");
        voc_week_member_text(out, "measure", line->measure);
        voc_week_member_text(out, "kind", KINDS[line->kind]);
        voc_buffer_add_printf(out, ",\"of_mentions\":%s", line->of_mentions ? "true" : "false");
        voc_week_member(out, "n", line->n, 0);
        voc_week_member(out, "n_other", line->n_other, 0);
        voc_week_member(out, "value", line->value, 6);
        voc_week_member(out, "other", line->other, 6);
        add_difference(out, "difference", &line->difference);
        if (mix)
            voc_week_member_text(out, "mix", mix);
        voc_week_member(out, "adjusted", line->adjusted, 6);
        add_difference(out, "adjusted_difference", &line->adjusted_difference);
        voc_week_member(out, "coverage", line->coverage, 6);
        voc_week_member(out, "q", line->q, 9);
        voc_week_member_text(out, "verdict", voc_benchmark_verdict(line));
        voc_week_member_text(out, "withheld", line->withheld ? line->withheld : "");
        voc_buffer_add_literal(out, "}\n");
    }
}

static gboolean
write_lines(VocProgram *program, const Settings *settings, const GArray *lines, const char *mix,
            GError **error)
{
    g_auto(VocPhrase) phrase = {0};
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    if (settings->json) {
        write_json(lines, mix, &out);
        return voc_output_write(program->out, voc_buffer_slice(&out), error);
    }
    if (!voc_week_phrase(&phrase, settings->lang, error))
        return FALSE;
    g_autoptr(GHashTable) themes = theme_names(program, settings, &phrase, error);
    if (!themes)
        return FALSE;
    VocBenchmarkPage page = {&phrase, themes, mix, MIN(voc_terminal_width(program), 100), settings->all};
    voc_benchmark_write(&page, lines, &out);
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    const Settings *settings = data;
    gboolean plain = g_strcmp0(settings->mix, "none") == 0;
    const char *mix = settings->mix && !plain ? settings->mix : "channel";
    if (settings->unit && !settings->units) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE, _("--unit goes with --units FIELD"));
        return FALSE;
    }
    if (!settings->units && (!operands[0] || !operands[1])) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE,
                            _("compare what? voc benchmark OWN OTHER..., or --units FIELD TALLY"));
        return FALSE;
    }
    /* A field that no tally has: then all is one stratum. */
    g_autoptr(VocBenchmark) benchmark = voc_benchmark_new(plain ? "" : mix, settings->units);
    if (!read_tallies(program, benchmark, operands, error))
        return FALSE;
    g_autofree char *own = settings->units ? g_strdup(settings->unit) : group_name(operands[0]);
    g_autoptr(GArray) lines = voc_benchmark_compare(benchmark, own, settings->each);
    if (!lines->len) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_INPUT, _("there is nothing to compare with"));
        return FALSE;
    }
    return write_lines(program, settings, lines, voc_benchmark_has_mix(benchmark) ? mix : NULL, error);
}

const VocFilter voc_filter_benchmark = {
    .name = "benchmark",
    .summary = N_("Compare own tallies with others', or units, with their different mixes allowed for"),
    .operands = N_("OWN OTHER... | --units FIELD [TALLY...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
