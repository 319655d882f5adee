package dev.freezeframe.rehearsal.cost;

/**
 * What backups have used.
 *
 * @param transitions of state machines
 * @param invocations of functions
 * @param gigabyteSeconds of functions
 * @param ec2 calls to it
 * @param ssm calls to it
 * @param writes units of DynamoDB, indexes included
 * @param reads units of DynamoDB
 */
record Usage(
    double transitions,
    double invocations,
    double gigabyteSeconds,
    double ec2,
    double ssm,
    double writes,
    double reads) {

  /** List prices of us-east-1, in US$ a million; functions on Arm. */
  double dollars() {
    return (25 * transitions
            + 0.20 * invocations
            + 13.3334 * gigabyteSeconds
            + 0.625 * writes
            + 0.125 * reads)
        / 1_000_000;
  }

  /** What each of so many backups used, where this is more by what they all used. */
  Usage perBackup(Usage withoutThem, int backups) {
    return new Usage(
        (transitions - withoutThem.transitions) / backups,
        (invocations - withoutThem.invocations) / backups,
        (gigabyteSeconds - withoutThem.gigabyteSeconds) / backups,
        (ec2 - withoutThem.ec2) / backups,
        (ssm - withoutThem.ssm) / backups,
        (writes - withoutThem.writes) / backups,
        (reads - withoutThem.reads) / backups);
  }
}
