#include "lexicon-work.h"
#include "lexicon/check.h"
#include "lexicon/lists.h"

/* The lists of a language's folder. */
static const char *const LISTS[] = {"calibration.tsv",   "calibration-stems.tsv", "contrast.tsv",
                                    "cues.tsv",          "intensifiers.tsv",      "learned.tsv",
                                    "learned-stems.tsv", "negators.tsv",          "neutral.tsv",
                                    "sentiment.tsv",     "stopwords.tsv"};

typedef struct Checker {
    VocProgram *program;
    const VocWordModel *model;
    const char *data_dir;
    VocLexiconCheck *checks[VOC_N_LANGS]; /* made when a file of the language comes */
    GHashTable *told;                     /* lines written; a file may be checked in several languages */
    VocBuffer out;
} Checker;

static gboolean
check_file(Checker *checker, VocLang lang, const char *path, GError **error)
{
    VocLexiconCheck **check = &checker->checks[lang];
    if (!*check)
        *check = voc_lexicon_check_new(lang, checker->model, checker->data_dir, error);
    return *check && voc_lexicon_check_file(*check, path, error);
}

/* The language of a file: that of its folder when that is named after one, else the one told. */
static VocLang
lang_of(const char *path, VocLang told)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(folder);
    VocLang lang = voc_lang_from_name(voc_slice_from_string(name));
    return lang == VOC_LANG_UND || lang == VOC_N_LANGS ? told : lang;
}

static gboolean
check_folder(Checker *checker, const char *folder, VocLang told, GError **error)
{
    static const char *const OTHERS[] = {"calibration.tsv", "calibration-stems.tsv", "cues.tsv",
                                         "stopwords.tsv"};
    g_autoptr(GPtrArray) lists = voc_lexicon_folder_lists(folder, NULL);
    gboolean good = TRUE, any = lists != NULL;
    for (guint i = 0; lists && good && i < lists->len; i++) {
        const char *path = g_ptr_array_index(lists, i);
        good = check_file(checker, lang_of(path, told), path, error);
    }
    for (guint i = 0; good && i < G_N_ELEMENTS(OTHERS); i++) {
        g_autofree char *path = g_build_filename(folder, OTHERS[i], NULL);
        if (!g_file_test(path, G_FILE_TEST_EXISTS))
            continue;
        any = TRUE;
        good = check_file(checker, lang_of(path, told), path, error);
    }
    if (good && !any) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, _("%s: no list of a lexicon in this folder"), folder);
        return FALSE;
    }
    return good;
}

/* The lists that ship, in all languages. */
static gboolean
check_shipped(Checker *checker, GError **error)
{
    g_autofree char *emoji = g_build_filename(checker->data_dir, "lexicons", "common", "emoji.tsv", NULL);
    for (VocLang lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++) {
        gboolean any = FALSE;
        for (guint i = 0; i < G_N_ELEMENTS(LISTS); i++) {
            g_autofree char *path =
                g_build_filename(checker->data_dir, "lexicons", voc_lang_name(lang), LISTS[i], NULL);
            if (!g_file_test(path, G_FILE_TEST_EXISTS))
                continue;
            any = TRUE;
            if (!check_file(checker, lang, path, error))
                return FALSE;
        }
        if (any && g_file_test(emoji, G_FILE_TEST_EXISTS) && !check_file(checker, lang, emoji, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
check_operand(Checker *checker, const char *path, VocLang told, GError **error)
{
    return g_file_test(path, G_FILE_TEST_IS_DIR) ? check_folder(checker, path, told, error)
                                                 : check_file(checker, lang_of(path, told), path, error);
}

static void
add_problem(Checker *checker, const VocProblem *problem)
{
    g_autofree char *place = g_strdup_printf("%s:%u: %s", problem->path, problem->line, problem->reason);
    if (g_hash_table_contains(checker->told, place))
        return;
    voc_buffer_add_string(&checker->out, place);
    voc_buffer_add_char(&checker->out, '\n');
    g_hash_table_add(checker->told, g_steal_pointer(&place));
    checker->program->n_rejected++;
}

static gboolean
report(Checker *checker, GError **error)
{
    guint entries = 0, n;
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        if (!checker->checks[lang])
            continue;
        const GArray *problems = voc_lexicon_check_finish(checker->checks[lang], &n);
        entries += n;
        for (guint i = 0; i < problems->len; i++)
            add_problem(checker, &g_array_index(problems, VocProblem, i));
    }
    voc_program_say(
        checker->program,
        ngettext("%u entries, %u problem", "%u entries, %u problems", checker->program->n_rejected), entries,
        checker->program->n_rejected);
    return voc_output_write(checker->program->out, voc_buffer_slice(&checker->out), error);
}

gboolean
voc_lexicon_work_check(VocProgram *program, const VocLexiconSettings *settings, char **operands,
                       GError **error)
{
    VocLang told = VOC_LANG_FI;
    Checker checker = {.program = program, .data_dir = voc_context_data_dir(program->context)};
    if (settings->lang && !voc_lexicon_option_lang(settings->lang, &told, error))
        return FALSE;
    checker.model = voc_context_word_model(program->context, error);
    if (!checker.model)
        return FALSE;
    checker.told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gboolean good = *operands != NULL || check_shipped(&checker, error);
    for (; good && *operands; operands++)
        good = check_operand(&checker, *operands, told, error);
    good = good && report(&checker, error);
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        voc_lexicon_check_free(checker.checks[lang]);
    g_hash_table_unref(checker.told);
    voc_buffer_clear(&checker.out);
    return good;
}
