#include "completion.h"

#include "options.h"

/* What a shell may be told: nothing that it would expand. */
static char *
harmless(const char *text)
{
    char *copy = g_strdup(text);
    g_strdelimit(copy, "'\"`$\\[]:", ' ');
    return copy;
}

static void
bash_filter(GString *out, const VocFilter *filter, GArray *entries)
{
    g_string_append_printf(out, "    %s) words='", filter->name);
    for (guint i = 0; i < entries->len; i++)
        g_string_append_printf(out, "--%s ", g_array_index(entries, GOptionEntry, i).long_name);
    g_string_append(out, "--help' ;;\n");
}

static void
zsh_filter(GString *out, const VocFilter *filter, GArray *entries)
{
    g_string_append_printf(out, "    %s) _arguments -s", filter->name);
    for (guint i = 0; i < entries->len; i++) {
        const GOptionEntry *entry = &g_array_index(entries, GOptionEntry, i);
        g_autofree char *help = harmless(entry->description ? _(entry->description) : "");
        const char *value = entry->arg == G_OPTION_ARG_NONE       ? ""
                            : entry->arg == G_OPTION_ARG_FILENAME ? "=:file:_files"
                                                                  : "=:value:_files";
        g_string_append_printf(out, " \\\n      '*--%s%s[%s]%s'", entry->long_name, *value ? "=" : "", help,
                               *value ? value + 1 : "");
    }
    g_string_append(out, " \\\n      '*:file:_files' ;;\n");
}

static void
fish_filter(GString *out, const VocFilter *filter, GArray *entries)
{
    g_autofree char *summary = harmless(_(filter->summary));
    g_string_append_printf(out, "complete -c voc -n __fish_use_subcommand -a %s -d '%s'\n", filter->name,
                           summary);
    for (guint i = 0; i < entries->len; i++) {
        const GOptionEntry *entry = &g_array_index(entries, GOptionEntry, i);
        g_autofree char *help = harmless(entry->description ? _(entry->description) : "");
        g_autofree char *letter =
            entry->short_name ? g_strdup_printf(" -s %c", entry->short_name) : g_strdup("");
        const char *value = entry->arg == G_OPTION_ARG_NONE ? "" : " -r";
        g_string_append_printf(out, "complete -c voc -n '__fish_seen_subcommand_from %s' -l %s%s%s -d '%s'\n",
                               filter->name, entry->long_name, letter, value, help);
        g_string_append_printf(out, "complete -c voc-%s -l %s%s%s -d '%s'\n", filter->name, entry->long_name,
                               letter, value, help);
    }
}

static void
each_filter(GString *out, void (*write)(GString *, const VocFilter *, GArray *))
{
    for (const VocFilter *const *at = voc_filters; *at; at++) {
        g_autofree void *settings = g_malloc0(MAX((*at)->settings_size, 1));
        VocShared shared = {0};
        g_autoptr(GArray) entries = voc_options_entries(*at, settings, &shared);
        write(out, *at, entries);
    }
}

static void
names(GString *out)
{
    for (const VocFilter *const *at = voc_filters; *at; at++)
        g_string_append_printf(out, "%s ", (*at)->name);
}

static void
bash(GString *out)
{
    g_string_append(out,
                    "# bash completion for voc; source it, or put it where bash-completion looks\n"
                    "_voc() {\n  local cur=${COMP_WORDS[COMP_CWORD]} name=${COMP_WORDS[0]##*/voc-} words=\n"
                    "  if [[ ${COMP_WORDS[0]##*/} == voc ]]; then\n"
                    "    if (( COMP_CWORD == 1 )); then COMPREPLY=($(compgen -W '");
    names(out);
    g_string_append(out, "help completion' -- \"$cur\")); return; fi\n    name=${COMP_WORDS[1]}\n  fi\n"
                         "  name=${name#voc-}\n  case $name in\n");
    each_filter(out, bash_filter);
    g_string_append(out,
                    "  esac\n  if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
                    "  else COMPREPLY=($(compgen -f -- \"$cur\")); fi\n}\ncomplete -o filenames -F _voc voc");
    for (const VocFilter *const *at = voc_filters; *at; at++)
        g_string_append_printf(out, " voc-%s", (*at)->name);
    g_string_append_c(out, '\n');
}

static void
zsh(GString *out)
{
    g_string_append(out, "#compdef voc");
    for (const VocFilter *const *at = voc_filters; *at; at++)
        g_string_append_printf(out, " voc-%s", (*at)->name);
    g_string_append(out, "\n_voc() {\n  local name=${service#voc-}\n  if [[ $service == voc ]]; then\n"
                         "    if (( CURRENT == 2 )); then compadd ");
    names(out);
    g_string_append(out,
                    "help completion; return; fi\n    name=$words[2]; shift words; (( CURRENT-- ))\n  fi\n"
                    "  case $name in\n");
    each_filter(out, zsh_filter);
    g_string_append(out, "  esac\n}\n_voc \"$@\"\n");
}

static void
fish(GString *out)
{
    g_string_append(out, "# fish completion for voc\n");
    each_filter(out, fish_filter);
}

char *
voc_completion(const char *shell)
{
    static const struct {
        const char *name;
        void (*write)(GString *);
    } SHELLS[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    for (guint i = 0; i < G_N_ELEMENTS(SHELLS); i++)
        if (strcmp(shell, SHELLS[i].name) == 0) {
            GString *out = g_string_new(NULL);
            SHELLS[i].write(out);
            return g_string_free(out, FALSE);
        }
    return NULL;
}
