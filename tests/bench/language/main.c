/* detect CODE FILE [ARGUMENT]: how many lines of FILE (a header, then gold TAB text) are told to be CODE, how
 * many of those under 16 characters, and what a line costs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "detect.h"

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static size_t
characters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

int
main(int argc, char **argv)
{
    FILE *file = argc < 3 ? NULL : fopen(argv[2], "r");
    if (!file) {
        fprintf(stderr, "usage: detect CODE FILE [ARGUMENT]\n");
        return 2;
    }
    detect_open(argc > 3 ? argv[3] : NULL);
    char *line = NULL;
    size_t capacity = 0, n = 0, right = 0, n_short = 0, right_short = 0;
    double spent = 0;
    ssize_t len = getline(&line, &capacity, file); /* the header */
    while ((len = getline(&line, &capacity, file)) > 0) {
        if (line[len - 1] == '\n')
            line[--len] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        char *text = tab + 1;
        double start = now();
        const char *code = detect(text, strlen(text));
        spent += now() - start;
        int good = strcmp(code, argv[1]) == 0, brief = characters(text) < 16;
        n++;
        right += good;
        n_short += brief;
        right_short += good && brief;
        if (!good && getenv("DETECT_SHOW"))
            fprintf(stderr, "%s\t%s\n", code, text);
    }
    printf("%6zu %7.4f %6zu %7.4f %9.2f\n", n, (double)right / (double)n, n_short,
           n_short ? (double)right_short / (double)n_short : 0, spent * 1e6 / (double)n);
    free(line);
    fclose(file);
    return 0;
}
