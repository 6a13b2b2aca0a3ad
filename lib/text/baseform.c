#include "text/baseform.h"

#include <glib/gstdio.h>
#include <math.h>

#include "base/buffer.h"
#include "base/tsv.h"

#ifdef VOC_HAVE_VOIKKO
#include <libvoikko/voikko.h>
#endif

/* To be raised when the rules below change: it ends what was kept between runs. */
#define RULES_VERSION 2

/* Voikko takes no longer words. */
#define MAX_FORM 200u

struct VocBaseforms {
    GHashTable *uses;       /* base form to its uses */
    GHashTable *exceptions; /* form to base form, for what the rule gets wrong */
    VocFormCache *cache;
    GMutex start; /* Voikko reads its files one thread at a time */
};

struct VocBaseformer {
    VocBaseforms *shared;
#ifdef VOC_HAVE_VOIKKO
    struct VoikkoHandle *voikko;
#endif
};

/* A line is a base form and its uses, or a form, = and its base form. */
static gboolean
load_uses(VocBaseforms *baseforms, const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv)) {
        double uses;
        if (tsv.n == 3 && voc_slice_equal_string(tsv.cell[1], "=") && tsv.cell[2].len)
            g_hash_table_insert(baseforms->exceptions, voc_slice_dup(tsv.cell[0]),
                                voc_slice_dup(tsv.cell[2]));
        else if (tsv.n == 2 && voc_tsv_number(&tsv, 1, &uses) && uses >= 0 && uses < 1e9)
            g_hash_table_insert(baseforms->uses, voc_slice_dup(tsv.cell[0]), GUINT_TO_POINTER((guint)uses));
        else
            return voc_tsv_fail(&tsv, error, "neither a base form with its uses nor a form = its base form");
    }
    return TRUE;
}

void
voc_baseforms_free(VocBaseforms *baseforms)
{
    if (!baseforms)
        return;
    g_clear_pointer(&baseforms->uses, g_hash_table_unref);
    g_clear_pointer(&baseforms->exceptions, g_hash_table_unref);
    voc_form_cache_free(baseforms->cache);
    g_mutex_clear(&baseforms->start);
    g_free(baseforms);
}

gboolean
voc_baseforms_save(VocBaseforms *baseforms, GError **error)
{
    return voc_form_cache_save(baseforms->cache, error);
}

guint
voc_baseforms_known(VocBaseforms *baseforms)
{
    return voc_form_cache_size(baseforms->cache);
}

VocBaseformer *
voc_baseformer_new(VocBaseforms *baseforms)
{
    VocBaseformer *baseformer = g_new0(VocBaseformer, 1);
    baseformer->shared = baseforms;
    return baseformer;
}

#ifndef VOC_HAVE_VOIKKO

VocBaseforms *
voc_baseforms_open(const char *uses_path, const char *cache_path, GError **error)
{
    (void)uses_path;
    (void)cache_path;
    (void)load_uses;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "voc was built without Voikko");
    return NULL;
}

void
voc_baseformer_free(VocBaseformer *baseformer)
{
    g_free(baseformer);
}

gboolean
voc_baseformer_find(VocBaseformer *baseformer, VocSlice folded, VocArena *arena, VocBaseform *out)
{
    memset(out, 0, sizeof *out);
    return voc_form_cache_find(baseformer->shared->cache, folded, arena, out) && out->base.len;
}

#else

/* --- the dictionary --- */

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
add_files(const char *folder, GChecksum *sum)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *name; dir && (name = g_dir_read_name(dir));)
        g_ptr_array_add(names, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        GStatBuf info;
        const char *path = names->pdata[i];
        if (g_stat(path, &info) != 0)
            continue;
        if (S_ISDIR(info.st_mode)) {
            add_files(path, sum);
            continue;
        }
        g_autofree char *line = g_strdup_printf("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", path,
                                                (gint64)info.st_size, (gint64)info.st_mtime);
        g_checksum_update(sum, (const guchar *)line, -1);
    }
}

/* Of everything the answers depend on: the files where Voikko looks for dictionaries, its version, the table
 * of uses, these rules. */
static guint64
identity_of(const char *uses_path)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    const char *own = g_getenv("VOIKKO_DICTIONARY_PATH");
    g_autofree char *home = g_build_filename(g_get_home_dir(), ".voikko", "5", NULL);
    g_autofree char *head = g_strdup_printf("%d %s\n", RULES_VERSION, voikkoGetVersion());
    g_checksum_update(sum, (const guchar *)head, -1);
    if (own) {
        g_autofree char *path = g_build_filename(own, "5", NULL);
        add_files(path, sum);
    }
    add_files(home, sum);
    add_files("/etc/voikko/5", sum);
    add_files("/usr/lib/voikko/5", sum);
    add_files("/usr/share/voikko/5", sum);
    add_files("/usr/local/lib/voikko/5", sum);
    g_autofree char *uses = NULL;
    gsize len;
    if (g_file_get_contents(uses_path, &uses, &len, NULL))
        g_checksum_update(sum, (const guchar *)uses, (gssize)len);
    guint8 digest[32];
    gsize digest_len = sizeof digest;
    guint64 identity;
    g_checksum_get_digest(sum, digest, &digest_len);
    memcpy(&identity, digest, sizeof identity);
    return identity;
}

static gboolean
has_finnish(void)
{
    char **languages = voikkoListSupportedSpellingLanguages(NULL);
    gboolean found = languages && g_strv_contains((const char *const *)languages, "fi");
    if (languages)
        voikkoFreeCstrArray(languages);
    return found;
}

VocBaseforms *
voc_baseforms_open(const char *uses_path, const char *cache_path, GError **error)
{
    if (!has_finnish()) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "no Finnish dictionary for Voikko is installed");
        return NULL;
    }
    VocBaseforms *baseforms = g_new0(VocBaseforms, 1);
    g_mutex_init(&baseforms->start);
    baseforms->uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    baseforms->exceptions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (load_uses(baseforms, uses_path, error)) {
        baseforms->cache = voc_form_cache_load(cache_path, identity_of(uses_path));
        return baseforms;
    }
    voc_baseforms_free(baseforms);
    return NULL;
}

void
voc_baseformer_free(VocBaseformer *baseformer)
{
    if (!baseformer)
        return;
    if (baseformer->voikko)
        voikkoTerminate(baseformer->voikko);
    g_free(baseformer);
}

static gboolean
start(VocBaseformer *baseformer)
{
    if (!baseformer->voikko) {
        const char *reason;
        g_mutex_lock(&baseformer->shared->start);
        baseformer->voikko = voikkoInit(&reason, "fi", NULL);
        g_mutex_unlock(&baseformer->shared->start);
    }
    return baseformer->voikko != NULL;
}

/* --- one analysis --- */

/* Voikko's words for one analysis; NULL for what it does not say. */
typedef struct Analysis {
    char *base, *class, *fst, *bases, *structure, *participle;
} Analysis;

static void
read_analysis(const struct voikko_mor_analysis *from, Analysis *analysis)
{
    analysis->base = voikko_mor_analysis_value_cstr(from, "BASEFORM");
    analysis->class = voikko_mor_analysis_value_cstr(from, "CLASS");
    analysis->fst = voikko_mor_analysis_value_cstr(from, "FSTOUTPUT");
    analysis->bases = voikko_mor_analysis_value_cstr(from, "WORDBASES");
    analysis->structure = voikko_mor_analysis_value_cstr(from, "STRUCTURE");
    analysis->participle = voikko_mor_analysis_value_cstr(from, "PARTICIPLE");
}

static void
clear_analysis(Analysis *analysis)
{
    char **fields[] = {&analysis->base,  &analysis->class,     &analysis->fst,
                       &analysis->bases, &analysis->structure, &analysis->participle};
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++)
        if (*fields[i])
            voikko_free_mor_analysis_value_cstr(*fields[i]);
}

static gboolean
is_one_of(const char *name, const char *const *list)
{
    return name && g_strv_contains(list, name);
}

static guint
count(const char *text, const char *what)
{
    guint n = 0;
    for (const char *at = text; at && (at = strstr(at, what)); at++)
        n++;
    return n;
}

static gboolean
does_not_inflect(const Analysis *analysis)
{
    static const char *const CLASSES[] = {"seikkasana", "suhdesana", "sidesana", "huudahdussana", NULL};
    return is_one_of(analysis->class, CLASSES);
}

static gboolean
is_past_participle(const Analysis *analysis)
{
    static const char *const PARTICIPLES[] = {"past_active", "past_passive", "agent", NULL};
    return is_one_of(analysis->participle, PARTICIPLES);
}

/* See the header. */
static double
cost_of(const Analysis *analysis)
{
    static const char *const NAMES[] = {"nimi", "etunimi", "sukunimi", "paikannimi", NULL};
    const char *fst = analysis->fst;
    double cost = 3.0 * count(fst, "[Bc]") + 0.7 * count(fst, "[Xj]");
    if (count(fst, "[O1") || count(fst, "[O2") || count(fst, "[O3"))
        cost += 3;
    if (count(fst, "[Tk]"))
        cost += 1.5;
    if (count(fst, "[Sin]") || count(fst, "[Sab]") || count(fst, "[Sko]"))
        cost += 3;
    if (count(fst, "[Ses]") && g_strcmp0(analysis->class, "asemosana") == 0)
        cost += 4;
    if (is_one_of(analysis->class, NAMES))
        cost += 1;
    if (g_strcmp0(analysis->class, "etuliite") == 0)
        cost += 3;
    if (is_past_participle(analysis) && !count(fst, "[Sn]"))
        cost += 2;
    return cost;
}

/* In lower case, without the = that parts words within an entry of the dictionary (irti=sanoa). */
static char *
fold(const char *text)
{
    char *folded = g_utf8_strdown(text, -1), *to = folded;
    for (const char *at = folded; *at; at++)
        if (*at != '=')
            *to++ = *at;
    *to = '\0';
    return folded;
}

/* --- compounds --- */

/* WORDBASES is a row of pieces, each +text(base form). A suffix has a base form that begins with + or none:
 * +asiakas(asiakas)+palvel(palvella)+u(+u). What makes another verb of a verb stands behind it without a +:
 * +viiväst(viivästää)y(+yä)+n+yt(+yt). */
typedef struct Piece {
    VocSlice text, base;
    gboolean is_suffix, is_joined;
} Piece;

/* The next piece behind `*at`, FALSE at the end. */
static gboolean
next_piece(const char **at, Piece *piece)
{
    const char *start = *at;
    if (!*start)
        return FALSE;
    piece->is_joined = *start != '+';
    start += !piece->is_joined;
    gsize len = strcspn(start, "+(");
    piece->text = voc_slice_of(start, len);
    piece->base = VOC_SLICE_NONE;
    start += len;
    if (*start == '(') {
        len = strcspn(start + 1, ")");
        piece->base = voc_slice_of(start + 1, len);
        start += 1 + len + (start[1 + len] == ')');
    }
    piece->is_suffix = !piece->base.len || piece->base.data[0] == '+';
    *at = start;
    return TRUE;
}

/* The verb of a past or an agent participle: +laskute(laskuttaa)+t+tu(+tu) gives laskuttaa,
 * +irti(irti)+sano(sanoa)+t+tu(+tu) irtisanoa, +viiväst(viivästää)y(+yä)+n+yt(+yt) viivästyä. NULL for all
 * else, and for what is made of a participle. */
static char *
verb_of(const Analysis *analysis)
{
    static const char *const ENDINGS[] = {"nut", "nyt", "lut", "lyt", "rut", "ryt", "sut",
                                          "syt", "tu",  "ty",  "ma",  "mä",  NULL};
    const char *at = analysis->bases;
    gboolean ends = FALSE;
    for (guint i = 0; ENDINGS[i] && analysis->base; i++)
        ends |= g_str_has_suffix(analysis->base, ENDINGS[i]);
    if (!is_past_participle(analysis) || !at || !ends)
        return NULL;
    g_autoptr(GString) before = g_string_new(NULL), verb = g_string_new(NULL);
    for (Piece piece; next_piece(&at, &piece);) {
        gsize skip = piece.is_suffix && piece.base.len ? 1 : 0;
        if (!piece.is_suffix || piece.is_joined) {
            g_string_assign(verb, before->str);
            g_string_append_len(verb, piece.base.data + skip, (gssize)(piece.base.len - skip));
        }
        g_string_append_len(before, piece.text.data, (gssize)piece.text.len);
    }
    return verb->len ? fold(verb->str) : NULL;
}

/* The parts with + between them, NULL for a simple word. A part is a piece with the suffixes behind it: one
 * without suffixes is given by its base form (lapsi for lasten), one with suffixes by its pieces (palvelu).
 */
static char *
parts_of(const Analysis *analysis)
{
    const char *at = analysis->bases;
    if (!at || count(analysis->structure, "=") < 2)
        return NULL;
    g_autoptr(GString) parts = g_string_new(NULL);
    Piece piece, next;
    guint n = 0;
    gboolean more = next_piece(&at, &piece);
    while (more) {
        more = next_piece(&at, &next);
        if (!voc_slice_equal_string(piece.text, "-")) {
            VocSlice shown = piece.is_suffix || (more && next.is_suffix) ? piece.text : piece.base;
            if (!piece.is_suffix && n++)
                g_string_append_c(parts, '+');
            g_string_append_len(parts, shown.data, (gssize)shown.len);
        }
        piece = next;
    }
    return n > 1 ? fold(parts->str) : NULL;
}

/* --- choosing --- */

/* A candidate among a form's analyses. */
typedef struct Candidate {
    Analysis analysis;
    char *base;  /* folded: what the analysis would give */
    char *plain; /* folded: Voikko's own base form */
    char *parts; /* of a compound, else NULL */
    gboolean derived;
    double score;
} Candidate;

static void
make_candidate(Candidate *candidate, const struct voikko_mor_analysis *from)
{
    read_analysis(from, &candidate->analysis);
    g_autofree char *verb = verb_of(&candidate->analysis);
    candidate->derived = verb != NULL;
    candidate->plain = fold(candidate->analysis.base ? candidate->analysis.base : "");
    candidate->base = g_strdup(verb ? verb : candidate->plain);
    candidate->parts = verb ? NULL : parts_of(&candidate->analysis);
}

static void
score_candidate(const VocBaseforms *shared, const char *form, Candidate *candidate)
{
    gboolean same = strcmp(candidate->base, form) == 0;
    if (does_not_inflect(&candidate->analysis)) {
        candidate->score = log(same ? 730 : 55) - 3.0 * count(candidate->analysis.fst, "[Bc]");
        return;
    }
    const char *last = candidate->parts ? strrchr(candidate->parts, '+') + 1 : candidate->base;
    guint uses = GPOINTER_TO_UINT(g_hash_table_lookup(shared->uses, last));
    candidate->score = log(uses + 0.3) - cost_of(&candidate->analysis);
}

/* A participle that is also a word of its own goes by that word: tehtävä, not tehdä. */
static void
settle_participles(Candidate *candidates, guint n)
{
    for (guint i = 0; i < n; i++)
        for (guint k = 0; k < n && candidates[i].derived; k++)
            if (!candidates[k].derived && strcmp(candidates[k].plain, candidates[i].plain) == 0) {
                g_free(candidates[i].base);
                candidates[i].base = g_strdup(candidates[i].plain);
                candidates[i].derived = FALSE;
            }
}

static gboolean
is_better(const Candidate *a, const Candidate *b)
{
    if (fabs(a->score - b->score) > 1e-9)
        return a->score > b->score;
    gsize len_a = strlen(a->base), len_b = strlen(b->base);
    return len_a != len_b ? len_a < len_b : strcmp(a->base, b->base) < 0;
}

/* --- finding --- */

static void
take(const VocBaseforms *shared, const char *form, Candidate *candidates, guint n, VocArena *arena,
     VocBaseform *out)
{
    const Candidate *best = NULL;
    settle_participles(candidates, n);
    for (guint i = 0; i < n; i++) {
        score_candidate(shared, form, &candidates[i]);
        if (candidates[i].base[0] && (!best || is_better(&candidates[i], best)))
            best = &candidates[i];
    }
    if (!best)
        return;
    VocSlice base = voc_slice_from_string(best->base);
    if (base.len > 1 && base.data[base.len - 1] == '-')
        base.len--; /* toimitus- ja postikulut */
    out->base = voc_arena_copy(arena, base);
    out->parts = voc_arena_copy(arena, voc_slice_from_string(best->parts));
}

static void
ask_voikko(VocBaseformer *baseformer, const char *form, VocArena *arena, VocBaseform *out)
{
    struct voikko_mor_analysis **found =
        start(baseformer) ? voikkoAnalyzeWordCstr(baseformer->voikko, form) : NULL;
    guint n = 0;
    while (found && found[n])
        n++;
    g_autofree Candidate *candidates = g_new0(Candidate, n + 1);
    for (guint i = 0; i < n; i++)
        make_candidate(&candidates[i], found[i]);
    take(baseformer->shared, form, candidates, n, arena, out);
    for (guint i = 0; i < n; i++) {
        clear_analysis(&candidates[i].analysis);
        g_free(candidates[i].base);
        g_free(candidates[i].plain);
        g_free(candidates[i].parts);
    }
    if (found)
        voikko_free_mor_analysis(found);
}

gboolean
voc_baseformer_find(VocBaseformer *baseformer, VocSlice folded, VocArena *arena, VocBaseform *out)
{
    memset(out, 0, sizeof *out);
    if (!folded.len || folded.len > MAX_FORM)
        return FALSE;
    VocFormCache *cache = baseformer->shared->cache;
    if (voc_form_cache_find(cache, folded, arena, out))
        return out->base.len > 0;
    g_autofree char *form = voc_slice_dup(folded);
    const char *exception = g_hash_table_lookup(baseformer->shared->exceptions, form);
    if (exception)
        out->base = voc_arena_copy(arena, voc_slice_from_string(exception));
    else
        ask_voikko(baseformer, form, arena, out);
    voc_form_cache_add(cache, folded, out);
    return out->base.len > 0;
}

#endif
