#include "read/pass-over.h"

#include <string.h>

gboolean
voc_is_maildir(const char *folder)
{
    static const char *const parts[] = {"cur", "new"};

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *path = g_build_filename(folder, parts[i], NULL);

        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            return TRUE;
    }
    return FALSE;
}

static gboolean
begins_with_one(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (g_ascii_strncasecmp(name, *words, strlen(*words)) == 0 && !g_ascii_isalnum(name[strlen(*words)]))
            return TRUE;
    return FALSE;
}

static gboolean
is_about_exports(const char *name)
{
    static const char *const words[] = {"README",    "LICENSE",     "LICENCE",   "COPYING",
                                        "NOTICE",    "SOURCE",      "CHANGELOG", "LUEMINUT",
                                        "Thumbs.db", "desktop.ini", NULL};

    return begins_with_one(name, words);
}

static gboolean
has_ending(const char *name, const char *const *endings)
{
    const char *dot = strrchr(name, '.');

    for (; dot && *endings; endings++)
        if (g_ascii_strcasecmp(dot + 1, *endings) == 0)
            return TRUE;
    return FALSE;
}

/* What messages bring along, and what is no export of anything. */
static gboolean
is_attachment(const char *name)
{
    static const char *const endings[] = {
        "md",   "jpg", "jpeg", "png",   "gif", "webp", "heic", "bmp",  "svg", "ico", "tif", "tiff", "mp3",
        "m4a",  "ogg", "opus", "oga",   "wav", "amr",  "aac",  "flac", "mp4", "m4v", "mov", "avi",  "mkv",
        "webm", "3gp", "tgs",  "pdf",   "doc", "docx", "ppt",  "pptx", "odt", "odp", "rtf", "vcf",  "ics",
        "css",  "js",  "woff", "woff2", "ttf", "msf",  "p7s",  "sig",  "asc", NULL};

    return has_ending(name, endings);
}

static gboolean
is_of_maildir(const char *name, gboolean is_folder)
{
    static const char *const words[] = {"dovecot",       "maildirsize", "maildirfolder",
                                        "subscriptions", "courierimap", NULL};

    return is_folder ? strcmp(name, "tmp") == 0 : begins_with_one(name, words);
}

gboolean
voc_pass_over(const char *folder, const char *name, gboolean is_folder)
{
    if (*name == '.') {
        g_autofree char *path = g_build_filename(folder, name, NULL);

        return !is_folder || !voc_is_maildir(folder) || !voc_is_maildir(path);
    }
    if (is_folder)
        return strcmp(name, "__MACOSX") == 0 || (is_of_maildir(name, TRUE) && voc_is_maildir(folder));
    return is_about_exports(name) || is_attachment(name) ||
           (is_of_maildir(name, FALSE) && voc_is_maildir(folder));
}

gboolean
voc_pass_over_packed(const char *name)
{
    for (const char *slash; (slash = strchr(name, '/')); name = slash + 1) {
        gboolean of_maildir = g_str_has_prefix(slash, "/cur/") || g_str_has_prefix(slash, "/new/");

        if ((*name == '.' && !of_maildir) || g_str_has_prefix(name, "__MACOSX/"))
            return TRUE;
    }
    return *name == '.' || is_about_exports(name) || is_attachment(name) || is_of_maildir(name, FALSE);
}
