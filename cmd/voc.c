/* voc: runs voc-NAME, as git does; help, versions, shell completion. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "completion.h"
#include "options.h"
#include "versions.h"

static int
print(const char *text)
{
    VocShared shared = {.answer = (char *)text};
    return voc_options_exit(&shared);
}

static int
fail(const char *text)
{
    fprintf(stderr, "voc: %s\n", text);
    return VOC_EXIT_USAGE;
}

static char *
overview(void)
{
    GString *text =
        g_string_new(_("voc hears what customers say: filters from exports to a weekly report.\n\n"
                       "Usage: voc NAME [OPTION...] [FILE...]\n\nFilters:\n"));
    for (const VocFilter *const *at = voc_filters; *at; at++)
        g_string_append_printf(text, "  %-10s %s\n", (*at)->name, _((*at)->summary));
    g_string_append(text, _("\nvoc help NAME         the manual page of a filter\n"
                            "voc NAME --help       its options in short\n"
                            "voc completion SHELL  completion for bash, zsh or fish\n"
                            "voc --version         versions\n\n"
                            "A report from a folder of exports:  voc report exports/\n"));
    return g_string_free(text, FALSE);
}

/* Letters to change, drop or add to get from one word to the other. */
static guint
distance(const char *a, const char *b)
{
    gsize m = strlen(b);
    g_autofree guint *row = g_new(guint, m + 1);
    for (gsize k = 0; k <= m; k++)
        row[k] = (guint)k;
    for (gsize i = 1; a[i - 1]; i++) {
        guint diagonal = row[0];
        row[0] = (guint)i;
        for (gsize k = 1; k <= m; k++) {
            guint above = row[k];
            row[k] = MIN(MIN(row[k - 1], above) + 1, diagonal + (a[i - 1] != b[k - 1]));
            diagonal = above;
        }
    }
    return row[m];
}

static const char *
nearest(const char *name)
{
    const char *best = NULL;
    guint least = (guint)MIN(strlen(name), 9) / 3 + 2;
    for (const VocFilter *const *at = voc_filters; *at; at++) {
        guint d = distance(name, (*at)->name);
        if (d < least) {
            least = d;
            best = (*at)->name;
        }
    }
    return best;
}

static int
unknown(const char *name)
{
    const char *near = nearest(name);
    fprintf(stderr, _("voc: there is no '%s'"), name);
    if (near)
        fprintf(stderr, _("; did you mean '%s'?"), near);
    fprintf(stderr, _("\nTry 'voc help'.\n"));
    return VOC_EXIT_USAGE;
}

/* Runs the program beside us, or one on the PATH: a filter of the user's own. */
static int
run(const char *name, char **argv)
{
    g_autofree char *program = g_strdup_printf("voc-%s", name);
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");
    g_autofree char *beside = g_build_filename(folder, program, NULL);
    argv[0] = program;
    execv(beside, argv);
    if (errno == ENOENT && !strchr(name, '/'))
        execvp(program, argv);
    if (errno == ENOENT)
        return unknown(name);
    fprintf(stderr, "voc: %s: %s\n", program, g_strerror(errno));
    return VOC_EXIT_FATAL;
}

/* The manual page beside the program; the short help where there is no man. */
static int
help(const char *name)
{
    if (!voc_filter_find(name))
        return unknown(name);
    g_autofree char *data = voc_data_dir();
    g_autofree char *file = g_strdup_printf("voc-%s.1", name);
    g_autofree char *page = g_build_filename(data, "..", "man", "man1", file, NULL);
    if (g_file_test(page, G_FILE_TEST_EXISTS))
        execlp("man", "man", "-l", page, (char *)NULL);
    char *argv[] = {(char *)"voc", (char *)"--help", NULL};
    return run(name, argv);
}

static int
version(void)
{
    g_autofree char *libraries = voc_versions();
    g_autofree char *text = g_strdup_printf("voc %s\n%s", VOC_VERSION, libraries);
    return print(text);
}

static int
completion(const char *shell)
{
    g_autofree char *script = shell ? voc_completion(shell) : NULL;
    return script ? print(script) : fail(_("completion for which shell? bash, zsh or fish"));
}

int
main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    setlocale(LC_ALL, "");
    voc_bind_translations();
    const char *name = argc > 1 ? argv[1] : "";
    gboolean asked = strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0;
    if (asked && argc > 2)
        return help(argv[2]);
    if (asked || !*name) {
        g_autofree char *text = overview();
        if (asked)
            return print(text);
        fputs(text, stderr);
        return VOC_EXIT_USAGE;
    }
    if (strcmp(name, "--version") == 0)
        return version();
    if (strcmp(name, "completion") == 0)
        return completion(argc > 2 ? argv[2] : NULL);
    if (*name == '-')
        return unknown(name);
    signal(SIGPIPE, SIG_DFL);
    return run(name, argv + 1);
}
