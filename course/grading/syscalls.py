"""The system calls that no exercise needs and many an escape does: a seccomp filter."""

import errno
import tempfile

import pyseccomp

FORBIDDEN = (  # noqa: SIM905, ninety words read better without their quotes
    "acct add_key bpf chroot clock_adjtime clock_settime create_module delete_module fanotify_init finit_module "
    "fsconfig fsmount fsopen fspick get_mempolicy init_module io_uring_enter io_uring_register io_uring_setup "
    "ioperm iopl kcmp kexec_file_load kexec_load keyctl landlock_restrict_self lookup_dcookie mbind memfd_create "
    "memfd_secret migrate_pages mount mount_setattr move_mount move_pages mq_open msgctl msgget msgrcv msgsnd "
    "name_to_handle_at nfsservctl open_by_handle_at open_tree perf_event_open pidfd_getfd pivot_root "
    "process_madvise process_vm_readv process_vm_writev ptrace quotactl quotactl_fd reboot request_key semctl "
    "semget semop set_mempolicy setdomainname sethostname setns settimeofday shmat shmctl shmget stime swapoff "
    "swapon sysfs syslog umount umount2 unshare uselib userfaultfd ustat vhangup vm86 vm86old vmsplice "
).split()
AF_UNIX = 1
CLONE_NEW = (0x02000000, 0x00020000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)  # CLONE_NEW*


def filter_program() -> bytes:
    """The filter as the kernel reads it: what is forbidden fails with EPERM, the rest is as it was.

    Sockets are local ones only. A thread is made by `clone`, whose flags a filter can read, and not by `clone3`, whose
    flags it cannot: the C library falls back when told there is no such call.
    """
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    forbid = pyseccomp.ERRNO(errno.EPERM)
    for name in FORBIDDEN:
        try:
            rules.add_rule(forbid, name)
        except (OSError, ValueError):  # not on this architecture, or newer than the library
            continue
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    for flag in CLONE_NEW:
        rules.add_rule(forbid, "clone", pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    rules.add_rule(pyseccomp.ERRNO(errno.EAFNOSUPPORT), "socket", pyseccomp.Arg(0, pyseccomp.NE, AF_UNIX))
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()
