#include "theme/packer.h"

#include <string.h>

/* Packed lines end when they are longer. */
#define LINE_LENGTH 100u

struct VocPacker {
    VocTheme *theme;
    const VocWording *wording;
    guint lines; /* still to be had */
    GString *line[VOC_N_LANGS];
    GHashTable *written; /* words with their language before them, and by themselves */
};

VocPacker *
voc_packer_new(VocTheme *theme, const VocWording *wording, guint lines)
{
    VocPacker *packer = g_new0(VocPacker, 1);
    packer->theme = theme;
    packer->wording = wording;
    packer->lines = lines;
    packer->written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return packer;
}

static const char *
lang_key(VocLang lang)
{
    return lang == VOC_LANG_UND ? "*" : voc_lang_name(lang);
}

static void
flush(VocPacker *packer, VocLang lang)
{
    GString *line = packer->line[lang];
    if (line && line->len > strlen(lang_key(lang)))
        voc_theme_add(packer->theme, "words", line->str);
    if (line)
        g_string_assign(line, lang_key(lang));
}

static void
pack(VocPacker *packer, const char *word, double weight, VocLang lang)
{
    g_auto(VocBuffer) number = VOC_BUFFER_INIT;
    if (!packer->line[lang])
        packer->line[lang] = g_string_new(lang_key(lang));
    voc_buffer_add_number(&number, weight, 2);
    g_string_append_printf(packer->line[lang], " %s %s", word, voc_buffer_string(&number));
    if (packer->line[lang]->len > LINE_LENGTH)
        flush(packer, lang);
}

/* Two columns may be written alike. */
static gboolean
first_time(VocPacker *packer, const char *form, VocLang lang)
{
    char *key = g_strdup_printf("%d%s", (int)lang, form);
    if (lang == VOC_LANG_UND && g_hash_table_contains(packer->written, form)) {
        g_free(key);
        return FALSE;
    }
    g_hash_table_add(packer->written, g_strdup(form));
    return g_hash_table_add(packer->written, key);
}

void
voc_packer_add(VocPacker *packer, guint32 column, double weight)
{
    gboolean own_line = packer->lines > 0;
    if (weight > -0.005 && weight < 0.005)
        return;
    packer->lines -= own_line;
    /* Languages from the last: a word of any language goes without saying where a language has it. */
    for (int lang = VOC_N_LANGS - 1; lang >= 0; lang--) {
        const char *form = voc_wording_form(packer->wording, column, (VocLang)lang);
        if (!form || !first_time(packer, form, (VocLang)lang))
            continue;
        if (own_line)
            voc_theme_add_rule(packer->theme, VOC_RULE_TERM, form, weight, (VocLang)lang);
        else
            pack(packer, form, weight, (VocLang)lang);
    }
}

void
voc_packer_finish(VocPacker *packer)
{
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        flush(packer, (VocLang)lang);
        if (packer->line[lang])
            g_string_free(packer->line[lang], TRUE);
    }
    g_hash_table_unref(packer->written);
    g_free(packer);
}
