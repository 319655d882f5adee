package dev.freezeframe.infra.iam;

import dev.freezeframe.infra.LedgerTableConstruct;
import dev.freezeframe.infra.Names;
import dev.freezeframe.infra.drill.DrillPlaces;
import dev.freezeframe.ledger.dynamo.table.LedgerTable;
import dev.freezeframe.task.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;

/** What each function may do: exactly what its code calls. */
public final class TaskPermissions {
  private static final Set<String> WRITES =
      Set.of(
          "dynamodb:BatchWriteItem",
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem");

  private final GuestPermissions guests;
  private final SnapshotPermissions snapshots;
  private final RestorePermissions restores;
  private final DrillPermissions drills;
  private final LedgerTableConstruct ledger;

  public TaskPermissions(
      Names names, GuestPermissions guests, DrillPlaces places, LedgerTableConstruct ledger) {
    this.guests = guests;
    this.snapshots = new SnapshotPermissions(names, guests);
    this.restores = new RestorePermissions(names);
    this.drills = new DrillPermissions(names, places);
    this.ledger = ledger;
  }

  public List<Permission> of(Task task) {
    return Stream.concat(rows(task).flatMap(row -> limited(task, row)), key()).toList();
  }

  /** What writes to the ledger is limited to the rows that the task writes. */
  private Stream<Permission> limited(Task task, Permission row) {
    List<String> writes = row.actions().stream().filter(WRITES::contains).toList();
    if (writes.isEmpty()) {
      return Stream.of(row);
    }
    List<String> reads = row.actions().stream().filter(action -> !writes.contains(action)).toList();
    return Stream.of(
            row.onlyActions(reads),
            row.onlyActions(writes)
                .onlyIf(
                    "ForAllValues:StringLike",
                    "dynamodb:LeadingKeys",
                    LedgerWrites.keys(task.toString())))
        .filter(permission -> !permission.actions().isEmpty());
  }

  private Stream<Permission> rows(Task task) {
    return switch (task) {
      case SELECT_TARGETS -> all(snapshots.describe("ec2:DescribeInstances"), ledger("PutItem"));
      case INSPECT_INSTANCE ->
          all(
              snapshots.describe("ec2:DescribeInstances", "ec2:DescribeVolumes"),
              guests.describeAgents(),
              guests.ofDocuments("ssm:DescribeDocument", "ssm:GetDocument"),
              ledger("GetItem", "PutItem", "Query"));
      case DRY_RUN_SCRIPT ->
          all(guests.sendToTargets(), guests.follow(), snapshots.describe("ec2:DescribeInstances"));
      case TAKE_SLOTS ->
          all(
              snapshots.describe("ec2:DescribeSnapshots", "ec2:DescribeVolumes"),
              ledger("DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"));
      case RUN_PRE_SCRIPT ->
          all(guests.sendToTargets(), guests.follow(), ledger("GetItem", "PutItem", "UpdateItem"));
      case CREATE_SNAPSHOTS ->
          all(
              snapshots.create(),
              snapshots.describe("ec2:DescribeInstances"),
              ledger("GetItem", "PutItem"));
      case RUN_POST_SCRIPT -> all(thaw(), ledger("Query", "UpdateItem"));
      case FIND_SNAPSHOTS -> snapshots.describe("ec2:DescribeInstances", "ec2:DescribeSnapshots");
      case RECORD_SNAPSHOTS -> ledger("GetItem", "PutItem", "UpdateItem");
      case CHECK_SNAPSHOTS ->
          all(
              snapshots.describe("ec2:DescribeSnapshots"),
              ledger("BatchGetItem", "PutItem", "UpdateItem"));
      case RECORD_OUTCOME ->
          all(
              snapshots.tagVerdict(),
              snapshots.describe("ec2:DescribeSnapshots"),
              ledger("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case WATCH_RECOVERY_POINTS -> ledger("GetItem", "PutItem");
      case STOP_INSTANCE ->
          all(
              guests.stopTargets(),
              guests.describeAgents(),
              snapshots.describe(
                  "ec2:DescribeInstanceAttribute",
                  "ec2:DescribeInstanceTypes",
                  "ec2:DescribeInstances",
                  "ec2:DescribeVolumes"),
              ledger("GetItem", "PutItem", "Query", "UpdateItem"));
      case START_INSTANCE ->
          all(
              guests.start(),
              guests.describeAgents(),
              snapshots.describe("ec2:DescribeInstances"),
              ledger("GetItem", "PutItem", "Query", "UpdateItem"));
      case START_STOPPED ->
          all(
              guests.start(),
              snapshots.describe("ec2:DescribeInstances"),
              ledger("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case SUMMARIZE_RUN -> ledger("PutItem", "Query", "UpdateItem");
      case APPLY_SNAPSHOT_EVENT ->
          all(
              ledger("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case THAW_ABANDONED ->
          all(thaw(), guests.start(), ledger("GetItem", "PutItem", "Query", "UpdateItem"));
      case RECORD_ABANDONED ->
          all(
              snapshots.describe("ec2:DescribeInstances", "ec2:DescribeSnapshots"),
              ledger("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case PLAN_EXPIRY ->
          all(
              snapshots.facts(),
              ledger("GetItem", "PutItem", "Query"),
              ledgerIndex(LedgerTable.DUE),
              ledgerIndex(LedgerTable.GROUP));
      case DELETE_SNAPSHOTS ->
          all(
              snapshots.delete(),
              snapshots.facts(),
              ledger("BatchGetItem", "GetItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case RECONCILE_LEDGER ->
          all(
              snapshots.describe("ec2:DescribeSnapshots"),
              ledger("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case ADOPT_SNAPSHOTS ->
          all(
              snapshots.adopt(),
              snapshots.describe(
                  "ec2:DescribeInstances", "ec2:DescribeSnapshots", "ec2:DescribeVolumes"),
              ledger("BatchGetItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case CLAIM_RESTORE ->
          all(
              snapshots.describe(
                  "ec2:DescribeImages",
                  "ec2:DescribeInstanceAttribute",
                  "ec2:DescribeInstanceTypeOfferings",
                  "ec2:DescribeInstanceTypes",
                  "ec2:DescribeInstances",
                  "ec2:DescribeKeyPairs",
                  "ec2:DescribeSecurityGroups",
                  "ec2:DescribeSnapshots",
                  "ec2:DescribeSubnets",
                  "ec2:DescribeVolumes",
                  "ec2:ListSnapshotsInRecycleBin"),
              ledger("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case CREATE_VOLUMES ->
          all(restores.createVolumes(), snapshots.describe("ec2:DescribeVolumes"), goesOn());
      case AWAIT_VOLUMES -> all(snapshots.describe("ec2:DescribeVolumes"), goesOn());
      case STOP_TARGET ->
          all(restores.stop(), snapshots.describe("ec2:DescribeInstances"), goesOn());
      case DETACH_REPLACED ->
          all(
              restores.detachReplaced(),
              snapshots.describe("ec2:DescribeInstances", "ec2:DescribeVolumes"),
              ledger("GetItem", "PutItem", "Query"));
      case ATTACH_VOLUMES ->
          all(restores.attach(), snapshots.describe("ec2:DescribeVolumes"), goesOn());
      case START_TARGET ->
          all(guests.start(), snapshots.describe("ec2:DescribeInstances"), goesOn());
      case REGISTER_IMAGE ->
          all(restores.registerImage(), snapshots.describe("ec2:DescribeImages"), goesOn());
      case LAUNCH_INSTANCE ->
          all(
              restores.launch(),
              snapshots.describe("ec2:DescribeInstances", "ec2:DescribeVolumes"),
              goesOn());
      case DEREGISTER_IMAGE ->
          all(restores.deregisterImage(), snapshots.describe("ec2:DescribeImages"), goesOn());
      case REPLACE_ROOT ->
          all(
              restores.replaceRoot(),
              snapshots.describe("ec2:DescribeReplaceRootVolumeTasks", "ec2:DescribeVolumes"),
              goesOn());
      case AWAIT_INITIALIZED -> all(snapshots.describe("ec2:DescribeVolumeStatus"), goesOn());
      case RECORD_RESTORE -> ledger("DeleteItem", "GetItem", "Query", "UpdateItem");
      case UNDO_RESTORE ->
          all(
              undo(),
              ledger("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case CLEAN_RESTORE -> all(clean(), ledger("DeleteItem", "GetItem", "Query", "UpdateItem"));
      case CHOOSE_DRILLS ->
          all(
              drills.readDocuments(),
              ledger("BatchGetItem", "Query"),
              ledgerIndex(LedgerTable.GROUP));
      case CLAIM_DRILL ->
          all(
              drills.readDocuments(),
              snapshots.describe(
                  "ec2:DescribeSnapshots", "ec2:DescribeVolumes", "ec2:ListSnapshotsInRecycleBin"),
              ledger("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case LAUNCH_DRILL ->
          all(
              drills.launch(),
              guests.describeAgents(),
              snapshots.describe("ec2:DescribeInstances", "ec2:DescribeVolumes"),
              ledger("GetItem", "PutItem", "UpdateItem"));
      case VALIDATE_DRILL ->
          all(
              drills.send(),
              guests.follow(),
              guests.listCommands(),
              ledger("GetItem", "PutItem", "UpdateItem"));
      case END_DRILL -> all(endDrills(), ledger("GetItem", "PutItem", "UpdateItem"));
      case RECORD_DRILL -> ledger("DeleteItem", "GetItem", "PutItem", "UpdateItem");
      case SWEEP_DRILLS ->
          all(
              endDrills(),
              ledger("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
      case SWEEP_RESTORES ->
          all(
              undo(),
              clean(),
              ledger("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
              ledgerIndex(LedgerTable.GROUP));
    };
  }

  private Stream<Permission> endDrills() {
    return all(drills.end(), snapshots.describe("ec2:DescribeInstances", "ec2:DescribeVolumes"));
  }

  /** What each function reads and writes that goes on with a restore. */
  private Stream<Permission> goesOn() {
    return ledger("GetItem", "PutItem", "Query", "UpdateItem");
  }

  private Stream<Permission> undo() {
    return all(
        restores.putBack(),
        guests.start(),
        snapshots.describe(
            "ec2:DescribeInstances", "ec2:DescribeReplaceRootVolumeTasks", "ec2:DescribeVolumes"));
  }

  private Stream<Permission> clean() {
    return all(
        restores.clean(),
        snapshots.describe("ec2:DescribeImages", "ec2:DescribeInstances", "ec2:DescribeVolumes"));
  }

  private Stream<Permission> thaw() {
    return all(
        guests.sendToThaw(),
        guests.follow(),
        guests.listCommands(),
        snapshots.describe("ec2:DescribeInstances"));
  }

  private Stream<Permission> ledger(String... operations) {
    return Stream.of(
        Permission.on(
            ledger.table().getTableArn(),
            Arrays.stream(operations).map("dynamodb:"::concat).toArray(String[]::new)));
  }

  /** Queries an index; the rows themselves are read from the table. */
  Stream<Permission> ledgerIndex(LedgerTable.Index index) {
    return Stream.of(
        Permission.on(
            "%s/index/%s".formatted(ledger.table().getTableArn(), index.name()), "dynamodb:Query"));
  }

  /** A customer's key is used by DynamoDB on behalf of who calls it, and in no other way. */
  private Stream<Permission> key() {
    return ledger.key().stream()
        .map(
            key ->
                Permission.on(key.getKeyArn(), "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt")
                    .onlyIf(
                        "StringEquals",
                        "kms:ViaService",
                        "dynamodb.%s.%s".formatted(Aws.REGION, Aws.URL_SUFFIX)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // It only reads them.
  private static Stream<Permission> all(Stream<Permission>... permissions) {
    return Arrays.stream(permissions).flatMap(stream -> stream);
  }
}
