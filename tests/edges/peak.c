/* peak FILE COMMAND...: runs the command, writes to FILE its peak memory in KiB, the processor time it took
 * and the time that passed, in microseconds, and exits as it did. */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long
microseconds(struct timeval time)
{
    return (long)time.tv_sec * 1000000 + time.tv_usec;
}

int
main(int argc, char **argv)
{
    int status;
    struct rusage used;
    struct timespec from, to;
    if (argc < 3)
        return 2;
    clock_gettime(CLOCK_MONOTONIC, &from);
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child)
        return 126;
    clock_gettime(CLOCK_MONOTONIC, &to);
    FILE *file = fopen(argv[1], "w");
    long passed = (long)(to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
    if (!file ||
        fprintf(file, "%ld %ld %ld\n", used.ru_maxrss,
                microseconds(used.ru_utime) + microseconds(used.ru_stime), passed) < 0 ||
        fclose(file) != 0)
        return 125;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
