/* voc tally: counts that merge. */
#include "filter.h"
#include "progress.h"
#include "source.h"
#include "stage/tally.h"

typedef struct Settings {
    char *by;
    gboolean merge, partial, all;
    int anonymous;
    VocReadOptions read;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "by", 'b', G_OPTION_ARG_STRING, &settings->by,
               N_("Fields to count by: day, week, month, theme, cue, tag, channel, fields.NAME ... (week)"),
               N_("FIELD,..."));
    voc_option(entries, "merge", 0, G_OPTION_ARG_NONE, &settings->merge,
               N_("Read partial results and add them up"), NULL);
    voc_option(entries, "partial", 0, G_OPTION_ARG_NONE, &settings->partial,
               N_("Write partial results, for --merge"), NULL);
    voc_option(entries, "all", 'a', G_OPTION_ARG_NONE, &settings->all,
               N_("Count agents' and bots' messages, duplicates and automatic replies too"), NULL);
    voc_option(entries, "k-anonymous", 'k', G_OPTION_ARG_INT, &settings->anonymous,
               N_("Hide cells of fewer than K customers"), N_("K"));
}

static void
clear(void *data)
{
    g_free(((Settings *)data)->by);
}

/* With --merge the fields are those of the first partial result. */
typedef struct Counting {
    VocStage stage;
    VocTally *tally;
    const Settings *settings;
} Counting;

static VocVerdict
pass(void *worker, VocRecord *record, const char **reason)
{
    (void)worker;
    (void)record;
    (void)reason;
    return VOC_KEEP;
}

static VocVerdict
count(VocStage *stage, VocRecord *record, const char **reason)
{
    Counting *counting = (Counting *)stage;
    if (!counting->settings->merge) {
        voc_tally_add(counting->tally, record);
        return VOC_DROP;
    }
    if (!counting->tally) {
        const char *by = voc_tally_by(record);
        if (!by || !(counting->tally = voc_tally_new(by, FALSE, NULL))) {
            *reason = "no partial result of voc tally --partial";
            return VOC_REJECT;
        }
    }
    return voc_tally_merge(counting->tally, record, FALSE, reason) ? VOC_DROP : VOC_REJECT;
}

static const VocStageOps OPS = {.name = "tally", .process = pass, .ordered = count};

static gboolean
ignore(void *data, VocRecord *records, guint n, GError **error)
{
    (void)data;
    (void)records;
    (void)n;
    (void)error;
    return TRUE;
}

static gboolean
count_lines(VocProgram *program, Counting *counting, char **operands, GError **error)
{
    VocStage *stage = &counting->stage;
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)operands, 0, program->line_buffered);
    voc_progress_start(program, lines);
    gboolean good = voc_program_collect(program, voc_source_lines(lines), &stage, 1, 1, ignore, NULL, error);
    voc_progress_stop();
    return good;
}

static gboolean
count_messages(VocProgram *program, Counting *counting, char **operands, GError **error)
{
    VocStage *stage = &counting->stage;
    g_autoptr(VocOperands) opened = voc_operands_open(program, &counting->settings->read, operands, error);
    return opened &&
           voc_program_collect(program, voc_operands_source(opened), &stage, 1, 1, ignore, NULL, error);
}

static gboolean
write_tally(VocProgram *program, const Counting *counting, GError **error)
{
    const Settings *settings = counting->settings;
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    VocTallyOutput output = {.partial = settings->partial, .anonymous = settings->anonymous};
    if (!counting->tally)
        return TRUE;
    voc_tally_write(counting->tally, &output, &out);
    if (output.hidden)
        voc_program_say(program, _("%u cells are hidden: of fewer than %d customers, or telling such a cell"),
                        (guint)MIN(output.hidden, G_MAXUINT), settings->anonymous);
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    const Settings *settings = data;
    if (settings->anonymous < 0 || settings->anonymous > 1000 || (settings->anonymous && settings->partial) ||
        (settings->merge && settings->by)) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE,
                            _("--k-anonymous takes 1 to 1000 and not --partial, --merge no --by"));
        return FALSE;
    }
    Counting counting = {.stage.ops = &OPS, .settings = settings};
    if (!settings->merge &&
        !(counting.tally = voc_tally_new(settings->by ? settings->by : "week", settings->all, error)))
        return FALSE;
    gboolean good = (settings->merge ? count_lines : count_messages)(program, &counting, operands, error) &&
                    write_tally(program, &counting, error);
    voc_tally_free(counting.tally);
    return good;
}

const VocFilter voc_filter_tally = {
    .name = "tally",
    .summary = N_("Count messages, contacts, customers, feelings and ratings by any field; merge counts"),
    .operands = N_("[PATH|DB...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
