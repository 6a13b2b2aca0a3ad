/* Mails in files of their own: .eml, Maildir. */
#include "read/mail.h"
#include "read/pass-over.h"

#define SAMPLE 200         /* mails of a folder that its owner is told from */
#define SAMPLE_BYTES 32768 /* of each: its headers */
#define HEADERS_TO_TELL 2  /* known ones that make a text a mail, whatever the file is called */

typedef struct State {
    VocReading *reading;
    VocMails *mails;
    VocBuffer mail;
    gboolean cut;
} State;

/* How many of the text's first lines are headers that mails have; 0 when one is no header at all. */
static guint
count_headers(VocSlice text)
{
    const char *at = text.data, *end = at + text.len;
    guint n = 0, known = 0;

    while (at < end && n < 40) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        VocSlice line = voc_slice_of(at, (gsize)((newline ? newline : end) - at));

        at = newline ? newline + 1 : end;
        if (!voc_slice_strip(line).len)
            break;
        if (line.data[0] == ' ' || line.data[0] == '\t') {
            if (!n)
                return 0;
            continue;
        }
        if (!voc_mail_is_header(line))
            return 0;
        known += voc_mail_is_known_header(line);
        n++;
    }
    return known;
}

static gboolean
is_in_maildir(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(folder);
    g_autofree char *maildir = g_path_get_dirname(folder);

    return (strcmp(name, "cur") == 0 || strcmp(name, "new") == 0) && voc_is_maildir(maildir);
}

static gboolean
is_named_mail(const char *base)
{
    g_autofree char *small = g_ascii_strdown(base, -1);

    return g_str_has_suffix(small, ".eml") || g_str_has_suffix(small, ".eml.gz");
}

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    guint known = count_headers(text);

    if (is_in_maildir(voc_export_path(export)))
        return *why = "it lies in a Maildir", VOC_PROBE_SURE;
    if (is_named_mail(voc_export_base(export)) && known)
        return *why = "its name and mail headers", VOC_PROBE_SURE;
    if (known >= HEADERS_TO_TELL)
        return *why = "it begins with mail headers", VOC_PROBE_LIKELY + 20;
    return VOC_PROBE_NO;
}

/* Counts the mail of a file for whose mailbox it is. */
static void
sample_file(VocMails *mails, VocOwnCount *count, const char *path)
{
    g_autoptr(VocInput) input = voc_input_open(path, NULL);
    g_autofree char *bytes = NULL;
    gssize n;

    if (!input)
        return;
    bytes = g_malloc(SAMPLE_BYTES);
    n = voc_input_read(input, bytes, SAMPLE_BYTES, NULL);
    if (n > 0 && count_headers(voc_slice_of(bytes, (gsize)n)))
        voc_mails_look(mails, count, voc_slice_of(bytes, (gsize)n));
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Looks at mails from all over the folder. */
static void
sample_folder(VocMails *mails, VocOwnCount *count, const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while (dir && (name = g_dir_read_name(dir)))
        if (!voc_pass_over(folder, name, FALSE))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < MIN(names->len, SAMPLE); i++) {
        guint at = names->len <= SAMPLE ? i : (guint)((guint64)i * names->len / SAMPLE);
        g_autofree char *path = g_build_filename(folder, g_ptr_array_index(names, at), NULL);

        if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
            sample_file(mails, count, path);
    }
}

typedef struct Sample {
    VocMails *mails;
    VocOwnCount *count;
    guint n;
} Sample;

static gboolean
sample_packed(VocSlice bytes, gpointer data)
{
    Sample *sample = data;

    if (!count_headers(bytes))
        return TRUE;
    voc_mails_look(sample->mails, sample->count, bytes);
    return ++sample->n < SAMPLE;
}

static gpointer
make_count(void)
{
    return voc_own_count_new();
}

static void
free_count(gpointer count)
{
    voc_own_count_free(count);
}

/* Whose mails these are is told from the folder's (or the archive's), once for all of them; a lone mail says
 * nothing. */
static void
decide(State *state)
{
    const VocPacked *packed = voc_export_packed(state->reading->export);
    g_autofree char *folder = packed ? g_strdup(voc_packed_archive(packed))
                                     : g_path_get_dirname(voc_export_path(state->reading->export));
    g_autofree char *key = g_strconcat("mail-own:", folder, NULL);
    gboolean alone = !state->reading->found || state->reading->options->own;
    VocOwnCount *count = voc_reading_memory(state->reading, alone ? "mail-own" : key, make_count, free_count);

    if (!alone && !voc_own_count_mails(count)) {
        Sample sample = {state->mails, count, 0};

        if (packed)
            voc_packed_each(packed, SAMPLE_BYTES, sample_packed, &sample);
        else
            sample_folder(state->mails, count, folder);
    }
    voc_mails_decide(state->mails, count);
}

static gpointer
open_mail(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    state->mails = voc_mails_new(reading);
    decide(state);
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice bytes = VOC_SLICE_NONE;
    int got = voc_export_bytes(reading->export, &bytes, error);

    if (got > 0) {
        gsize room = VOC_MAIL_MAX - MIN(VOC_MAIL_MAX, state->mail.len);

        state->cut |= bytes.len > room;
        voc_buffer_add(&state->mail, bytes.data, MIN(bytes.len, room));
        return TRUE;
    }
    if (state->mail.len) {
        VocMailPlace place = {1, 0, state->cut};

        voc_mails_add(state->mails, voc_buffer_slice(&state->mail), &place);
    }
    return FALSE;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;

    (void)reading;
    voc_mails_explain(state->mails, out);
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_mails_free(state->mails);
    voc_buffer_clear(&state->mail);
    g_free(state);
}

const VocFormat voc_format_mail = {
    .name = "mail",
    .summary = "a mail in a file of its own: .eml, Maildir",
    .recognised = "mail headers at its beginning, or the Maildir it lies in",
    .probe = probe,
    .open = open_mail,
    .step = step,
    .explain = explain,
    .close = close_state,
};
