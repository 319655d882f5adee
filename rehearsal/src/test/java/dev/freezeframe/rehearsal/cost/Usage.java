package dev.freezeframe.rehearsal.cost;

import dev.freezeframe.rehearsal.report.Price;

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

  /** Without logs and events. */
  double dollars() {
    return Price.TRANSITION.of(transitions)
        + Price.INVOCATION.of(invocations)
        + Price.FUNCTION_TIME.of(gigabyteSeconds)
        + Price.WRITE.of(writes)
        + Price.READ.of(reads);
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
