/* A network that refuses everything, and writes down every attempt.
 *
 * Loaded with LD_PRELOAD it stands before the C library: whatever language a library is written in,
 * that is the way to a socket or a name. A line of the file MATINEE_TEST_NETWORK is an attempt:
 *     native TAB call TAB where to TAB process
 * Sockets of this machine's file system (AF_UNIX) are no network and pass.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void record(const char *call, const char *where) {
    const char *path = getenv("MATINEE_TEST_NETWORK");
    char line[512];
    int length = snprintf(line, sizeof line, "native\t%s\t%.300s\t%s (%d)\n", call,
                          where ? where : "", program_invocation_short_name, (int)getpid());
    int file = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file < 0 || write(file, line, (size_t)length) != length) abort(); /* unseen is unproven */
    close(file);
}

static int local(const struct sockaddr *to) { return to == NULL || to->sa_family == AF_UNIX; }

static int refused(const char *call, const struct sockaddr *to) {
    char host[INET6_ADDRSTRLEN] = "", where[INET6_ADDRSTRLEN + 32];
    if (to->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)to;
        inet_ntop(AF_INET, &v4->sin_addr, host, sizeof host);
        snprintf(where, sizeof where, "%s:%d", host, ntohs(v4->sin_port));
    } else if (to->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)to;
        inet_ntop(AF_INET6, &v6->sin6_addr, host, sizeof host);
        snprintf(where, sizeof where, "[%s]:%d", host, ntohs(v6->sin6_port));
    } else {
        snprintf(where, sizeof where, "address family %d", to->sa_family);
    }
    record(call, where);
    errno = ENETUNREACH;
    return -1;
}

static int unknown(const char *call, const char *name) {
    record(call, name);
    return EAI_FAIL;
}

int connect(int fd, const struct sockaddr *to, socklen_t length) {
    return local(to) ? NEXT(connect)(fd, to, length) : refused("connect", to);
}

int bind(int fd, const struct sockaddr *to, socklen_t length) {
    return local(to) ? NEXT(bind)(fd, to, length) : refused("bind", to);
}

ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to,
               socklen_t length) {
    return local(to) ? NEXT(sendto)(fd, data, size, flags, to, length) : refused("sendto", to);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    const struct sockaddr *to = message->msg_name;
    return local(to) ? NEXT(sendmsg)(fd, message, flags) : refused("sendmsg", to);
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags) {
    for (unsigned int i = 0; i < count; i++)
        if (!local(messages[i].msg_hdr.msg_name)) return refused("sendmmsg", messages[i].msg_hdr.msg_name);
    return NEXT(sendmmsg)(fd, messages, count, flags);
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **result) {
    (void)service, (void)hints, (void)result;
    return unknown("getaddrinfo", name);
}

int getnameinfo(const struct sockaddr *address, socklen_t length, char *host, socklen_t host_size,
                char *service, socklen_t service_size, int flags) {
    (void)address, (void)length, (void)host, (void)host_size, (void)service, (void)service_size;
    (void)flags;
    return unknown("getnameinfo", "");
}

static struct hostent *nobody(const char *call, const char *name) {
    record(call, name);
    h_errno = NO_RECOVERY;
    return NULL;
}

struct hostent *gethostbyname(const char *name) { return nobody("gethostbyname", name); }

struct hostent *gethostbyname2(const char *name, int family) {
    (void)family;
    return nobody("gethostbyname2", name);
}

static int nobody_r(const char *call, const char *name, struct hostent **result, int *error) {
    *result = nobody(call, name);
    *error = NO_RECOVERY;
    return ENOENT;
}

int gethostbyname_r(const char *name, struct hostent *host, char *buffer, size_t size,
                    struct hostent **result, int *error) {
    (void)host, (void)buffer, (void)size;
    return nobody_r("gethostbyname_r", name, result, error);
}

int gethostbyname2_r(const char *name, int family, struct hostent *host, char *buffer, size_t size,
                     struct hostent **result, int *error) {
    (void)family, (void)host, (void)buffer, (void)size;
    return nobody_r("gethostbyname2_r", name, result, error);
}

#define RESOLVER(function)                                                                  \
    int function(const char *name, int class, int type, unsigned char *answer, int size) {  \
        (void)class, (void)type, (void)answer, (void)size;                                  \
        return unknown(#function, name), -1;                                                \
    }

RESOLVER(res_query)
RESOLVER(res_search)
RESOLVER(__res_query)
RESOLVER(__res_search)
