#include "read/export.h"

#define PIECE ((gsize)128 << 10)
#define MAX_BAD 65536 /* bad bytes kept at a time; a file with more of them is no text */

struct VocExport {
    char *path, *base;
    VocInput *input;
    VocPacked *packed; /* NULL: a file */
    VocBuffer head;
    gsize head_taken; /* bytes of the head given out */
    gboolean eager;
    gboolean head_is_all; /* the file ends with the head */
    GError *head_error;   /* what broke the reading of the head off */
    VocBuffer piece;
    VocCharsetGuess charset;
    VocDecoder *decoder;
    VocBuffer head_text;
    GArray *bad; /* of VocBadByte */
    guint bad_taken;
    gboolean text_ended;
};

/* Whether the head is all that is wanted of it, now that it has grown by `n` bytes. */
static gboolean
has_enough(const VocExport *export, gsize n)
{
    const VocBuffer *head = &export->head;

    if (head->len < VOC_EXPORT_HEAD)
        return export->eager && n && memchr(head->data + head->len - n, '\n', n);
    return head->data[0] != '{' || head->len >= VOC_LINE_MAX || memchr(head->data, '\n', head->len);
}

static void
read_head(VocExport *export)
{
    gsize more = 0;

    while (!has_enough(export, more)) {
        gsize room = VOC_LINE_MAX - export->head.len;
        char *at = voc_buffer_reserve(&export->head, MIN(room, PIECE) + VOC_PADDING);
        gssize n = voc_input_read(export->input, at, MIN(room, PIECE), &export->head_error);

        if (n <= 0) {
            export->head_is_all = TRUE;
            break;
        }
        export->head.len += (gsize)n;
        more = (gsize)n;
    }
    memset(voc_buffer_reserve(&export->head, VOC_PADDING), 0, VOC_PADDING);
}

/* Takes `input` over. */
static VocExport *
open_input(VocInput *input, const char *base, gboolean eager, GError **error)
{
    VocExport *export = g_new0(VocExport, 1);

    export->path = g_strdup(voc_input_name(input));
    export->base = g_path_get_basename(base);
    export->input = input;
    export->eager = eager;
    export->bad = g_array_new(FALSE, FALSE, sizeof(VocBadByte));
    read_head(export);
    if (!export->head.len && export->head_error) {
        g_propagate_error(error, g_steal_pointer(&export->head_error));
        voc_export_free(export);
        return NULL;
    }
    voc_export_set_charset(export, NULL, NULL);
    return export;
}

VocExport *
voc_export_open(const char *path, gboolean eager, GError **error)
{
    VocInput *input = voc_input_open(path, error);

    return input ? open_input(input, strcmp(path, "-") == 0 ? "stdin" : path, eager, error) : NULL;
}

VocExport *
voc_export_open_packed(VocPacked *packed, gboolean eager, GError **error)
{
    VocInput *input = voc_packed_open(packed, error);
    VocExport *export = input ? open_input(input, voc_packed_path(packed), eager, error) : NULL;

    if (export)
        export->packed = packed;
    else
        voc_packed_free(packed);
    return export;
}

void
voc_export_free(VocExport *export)
{
    if (!export)
        return;
    voc_input_free(export->input);
    voc_packed_free(export->packed);
    voc_decoder_free(export->decoder);
    voc_buffer_clear(&export->head);
    voc_buffer_clear(&export->piece);
    voc_buffer_clear(&export->head_text);
    g_array_free(export->bad, TRUE);
    g_clear_error(&export->head_error);
    g_free(export->path);
    g_free(export->base);
    g_free(export);
}

const char *
voc_export_path(const VocExport *export)
{
    return export->path;
}

const char *
voc_export_base(const VocExport *export)
{
    return export->base;
}

VocSlice
voc_export_head(const VocExport *export, gboolean *complete)
{
    if (complete)
        *complete = export->head_is_all;
    return voc_buffer_slice(&export->head);
}

gboolean
voc_export_is_plain_file(const VocExport *export)
{
    return !export->packed && strcmp(export->path, "(stdin)") != 0 && voc_input_size(export->input) > 0 &&
           !voc_input_is_packed(export->input);
}

const VocPacked *
voc_export_packed(const VocExport *export)
{
    return export->packed;
}

gboolean
voc_export_rewind(VocExport *export)
{
    VocInput *again;

    if (!export->packed && voc_input_size(export->input) == 0)
        return FALSE;
    again = export->packed ? voc_packed_open(export->packed, NULL) : voc_input_open(export->path, NULL);
    if (!again)
        return FALSE;
    voc_input_free(export->input);
    export->input = again;
    voc_buffer_reset(&export->head);
    export->head_taken = 0;
    export->head_is_all = export->text_ended = FALSE;
    g_clear_error(&export->head_error);
    g_array_set_size(export->bad, 0);
    export->bad_taken = 0;
    read_head(export);
    g_clear_pointer(&export->decoder, voc_decoder_free);
    return TRUE;
}

gboolean
voc_export_beside(const VocExport *export, const char *name, gsize max, VocBuffer *out)
{
    g_autofree char *folder = g_path_get_dirname(export->path);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(VocInput) input = NULL;
    gssize n = 0;
    gsize start = out->len;

    if (export->packed)
        return voc_packed_beside(export->packed, name, max, out);
    if (strcmp(export->path, "(stdin)") == 0 || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
        return FALSE;
    input = voc_input_open(path, NULL);
    do {
        gsize room = MIN(PIECE, max - (out->len - start));

        n = input && room ? voc_input_read(input, voc_buffer_reserve(out, room), room, NULL) : 0;
        out->len += (gsize)MAX(n, 0);
    } while (n > 0);
    return input && n == 0;
}

gboolean
voc_export_set_charset(VocExport *export, const char *label, GError **error)
{
    VocCharsetGuess guess = voc_charset_guess(voc_buffer_slice(&export->head), export->head_is_all);

    if (label) {
        g_autoptr(VocDecoder) known = voc_decoder_new(label, error);
        const char *name = voc_charset_canonical(label);

        if (!known)
            return FALSE;
        /* A byte order mark goes, whatever the user says; it is no character of the text. */
        export->charset =
            (VocCharsetGuess){name, "--charset", strcmp(name, guess.name) == 0 ? guess.bom : 0, TRUE};
        if (strcmp(name, VOC_CHARSET_AUTO) != 0)
            return TRUE;
    }
    export->charset = guess;
    if (!guess.settled)
        export->charset.name = VOC_CHARSET_AUTO;
    return TRUE;
}

VocCharsetGuess
voc_export_charset(const VocExport *export)
{
    VocCharsetGuess charset = export->charset;

    if (export->decoder)
        charset.name = voc_decoder_charset(export->decoder);
    return charset;
}

VocSlice
voc_export_head_text(VocExport *export)
{
    g_autoptr(VocDecoder) decoder = voc_decoder_new(export->charset.name, NULL);
    VocSlice head = voc_buffer_slice(&export->head);

    voc_buffer_reset(&export->head_text);
    head = voc_slice_of(head.data + export->charset.bom, head.len - export->charset.bom);
    voc_buffer_add_slice(&export->head_text, voc_decoder_feed(decoder, head, export->head_is_all));
    memset(voc_buffer_reserve(&export->head_text, VOC_PADDING), 0, VOC_PADDING);
    return voc_buffer_slice(&export->head_text);
}

int
voc_export_bytes(VocExport *export, VocSlice *bytes, GError **error)
{
    gssize n;

    if (export->head_taken < export->head.len) {
        gsize len = MIN(export->head.len - export->head_taken, PIECE);

        *bytes = voc_slice_of(export->head.data + export->head_taken, len);
        export->head_taken += len;
        return 1;
    }
    if (export->head_is_all) {
        if (export->head_error) {
            g_propagate_error(error, g_steal_pointer(&export->head_error));
            return -1;
        }
        return 0;
    }
    voc_buffer_reset(&export->piece);
    n = voc_input_read(export->input, voc_buffer_reserve(&export->piece, PIECE + VOC_PADDING), PIECE, error);
    if (n <= 0)
        return (int)n;
    export->piece.len = (gsize)n;
    memset(export->piece.data + n, 0, VOC_PADDING);
    *bytes = voc_buffer_slice(&export->piece);
    return 1;
}

static void
note_bad(VocExport *export)
{
    gsize n;
    const VocBadByte *bad = voc_decoder_bad(export->decoder, &n);

    if (export->bad_taken) {
        g_array_remove_range(export->bad, 0, export->bad_taken);
        export->bad_taken = 0;
    }
    for (gsize i = 0; i < n && export->bad->len < MAX_BAD; i++) {
        VocBadByte one = bad[i];

        one.in += export->charset.bom;
        g_array_append_val(export->bad, one);
    }
}

int
voc_export_text(VocExport *export, VocSlice *text, GError **error)
{
    VocSlice bytes = VOC_SLICE_NONE;
    int got;

    if (!export->decoder) {
        export->decoder = voc_decoder_new(export->charset.name, error);
        if (!export->decoder)
            return -1;
        export->head_taken = export->charset.bom;
    }
    for (;;) {
        g_autoptr(GError) problem = NULL;

        if (export->text_ended)
            return 0;
        got = voc_export_bytes(export, &bytes, &problem);
        if (got <= 0) {
            export->text_ended = TRUE;
            bytes = VOC_SLICE("");
        }
        *text = voc_decoder_feed(export->decoder, bytes, got <= 0);
        note_bad(export);
        if (text->len) {
            if (problem) /* to be told behind this text */
                export->head_error = g_steal_pointer(&problem);
            export->text_ended = FALSE;
            export->head_is_all |= got <= 0;
            return 1;
        }
        if (got < 0) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return -1;
        }
    }
}

gboolean
voc_export_take_bad(VocExport *export, guint64 end, VocBadByte *bad)
{
    if (export->bad_taken == export->bad->len)
        return FALSE;
    *bad = g_array_index(export->bad, VocBadByte, export->bad_taken);
    if (bad->out >= end)
        return FALSE;
    export->bad_taken++;
    return TRUE;
}

guint64
voc_export_taken(const VocExport *export)
{
    return voc_input_taken(export->input);
}

guint64
voc_export_size(const VocExport *export)
{
    return voc_input_size(export->input);
}
