#include "stage/pseudonym.h"

#include "text/checks.h"

#define KEY_MIN 16
#define DIGEST 32
#define BYTES 8 /* of the digest that a pseudonym shows: 64 bits, so that no two of a million share one */

struct VocPseudonymKey {
    char *bytes;
    gsize len;
};

VocPseudonymKey *
voc_pseudonym_key_load(const char *path, GError **error)
{
    g_autoptr(GError) problem = NULL;
    g_autoptr(VocPseudonymKey) key = g_new0(VocPseudonymKey, 1);
    if (!g_file_get_contents(path, &key->bytes, &key->len, &problem)) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE, problem->message);
        return NULL;
    }
    while (key->len && g_ascii_isspace(key->bytes[key->len - 1]))
        key->len--;
    if (key->len < KEY_MIN) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s: a key has at least %d bytes", path, KEY_MIN);
        return NULL;
    }
    return g_steal_pointer(&key);
}

void
voc_pseudonym_key_free(VocPseudonymKey *key)
{
    if (!key)
        return;
    if (key->bytes)
        memset(key->bytes, 0, key->len);
    g_free(key->bytes);
    g_free(key);
}

static void
digest(const VocPseudonymKey *key, const char *kind, const char *value, guint8 out[DIGEST])
{
    gsize len = DIGEST;
    GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA256, (const guchar *)key->bytes, key->len);
    g_hmac_update(hmac, (const guchar *)kind,
                  (gssize)strlen(kind) + 1); /* with its NUL: kinds are told apart */
    g_hmac_update(hmac, (const guchar *)value, (gssize)strlen(value));
    g_hmac_get_digest(hmac, out, &len);
    g_hmac_unref(hmac);
}

/* The words of the value in small letters; free with g_strfreev(). */
static char **
words_of(VocSlice value)
{
    g_autofree char *text = voc_slice_dup(value);
    g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFKC);
    g_autofree char *folded = g_utf8_casefold(composed ? composed : text, -1);
    char **words = g_strsplit_set(folded, " \t\r\n\f\v", -1);
    guint n = 0;
    for (guint i = 0; words[i]; i++) {
        if (*words[i])
            words[n++] = words[i];
        else
            g_free(words[i]);
    }
    words[n] = NULL;
    return words;
}

/* A telephone number with its country code; NULL for what is none. Free it. */
static char *
as_phone(VocSlice value)
{
    char digits[24];
    for (gsize i = 0; i < value.len; i++)
        if (!g_ascii_isdigit(value.data[i]) && !strchr("+ ()-./", value.data[i]))
            return NULL;
    voc_collect_digits(value, digits, sizeof digits);
    if (voc_check_phone(value)) {
        const char *start = memchr(value.data, '+', value.len) ? digits : digits + 2;
        gboolean extra = g_str_has_prefix(start, "3580"); /* +358 (0)40 */
        return g_strconcat("+", extra ? "358" : start, extra ? start + 4 : NULL, NULL);
    }
    return voc_check_phone_fi(value) ? g_strconcat("+358", digits + 1, NULL) : NULL;
}

static void
add_hex(char prefix, const guint8 *bytes, VocBuffer *out)
{
    voc_buffer_add_char(out, prefix);
    voc_buffer_add_char(out, '-');
    for (int i = 0; i < BYTES; i++)
        voc_buffer_add_printf(out, "%02x", bytes[i]);
}

void
voc_pseudonym_add(const VocPseudonymKey *key, const char *kind, char prefix, VocSlice value, VocBuffer *out)
{
    guint8 bytes[DIGEST];
    g_autofree char *phone = as_phone(voc_slice_strip(value));
    g_auto(GStrv) words = words_of(value);
    g_autofree char *text = g_strjoinv(" ", words);
    digest(key, kind, phone ? phone : text, bytes);
    add_hex(prefix, bytes, out);
}

static int
compare_words(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
digest_name(const VocPseudonymKey *key, VocSlice name, guint8 bytes[DIGEST])
{
    g_auto(GStrv) words = words_of(name);
    guint n = g_strv_length(words);
    for (guint i = 0; i < n; i++)
        g_strdelimit(words[i], ",.", ' ');
    for (guint i = 0; i < n; i++)
        g_strstrip(words[i]);
    qsort(words, n, sizeof *words, compare_words);
    g_autofree char *text = g_strjoinv(" ", words);
    digest(key, "name", g_strstrip(text), bytes);
}

void
voc_pseudonym_add_name(const VocPseudonymKey *key, char prefix, VocSlice name, VocBuffer *out)
{
    guint8 bytes[DIGEST];
    digest_name(key, name, bytes);
    add_hex(prefix, bytes, out);
}

void
voc_pseudonym_add_letters(const VocPseudonymKey *key, VocSlice name, VocBuffer *out)
{
    guint8 bytes[DIGEST];
    digest_name(key, name, bytes);
    for (int i = 0; i < 4; i++) {
        voc_buffer_add_char(out, (char)('A' + (bytes[i] >> 4)));
        voc_buffer_add_char(out, (char)('A' + (bytes[i] & 15)));
    }
}

gboolean
voc_pseudonym_is(VocSlice value)
{
    if (value.len != 2 + 2 * BYTES || !g_ascii_islower(value.data[0]) || value.data[1] != '-')
        return FALSE;
    for (gsize i = 2; i < value.len; i++)
        if (!g_ascii_isxdigit(value.data[i]) || g_ascii_isupper(value.data[i]))
            return FALSE;
    return TRUE;
}
