package dev.freezeframe.operator.doctor.aws.fleet;

import dev.freezeframe.operator.doctor.aws.Clients;
import dev.freezeframe.operator.doctor.aws.ProfileClients;
import dev.freezeframe.operator.doctor.check.Asked;
import dev.freezeframe.operator.doctor.check.fleet.Offering;
import dev.freezeframe.operator.doctor.check.fleet.RestoreRisks;
import dev.freezeframe.restore.RestoreFacts;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Finds out what would break a restore of sets. However many there are, EC2 is asked once about all
 * images, types, subnets and security groups, a page at a time, and KMS once about each key.
 */
public interface RestoreCheck {

  /** Says nothing, and asks nobody. */
  RestoreCheck NONE = living -> RestoreRisks.NONE;

  /** What would break a restore of the living sets of which there are facts. */
  RestoreRisks of(Collection<RestoreFacts> living);

  /**
   * Asks AWS as the AWS CLI would, in the Region of the environment, if there is anything to ask.
   */
  static RestoreCheck ofEnvironment() {
    return living -> {
      if (living.isEmpty()) {
        return RestoreRisks.NONE;
      }
      try (Clients aws = new ProfileClients(Optional.empty(), Optional.empty())) {
        return ask(living, aws.ec2(), aws.kms());
      }
    };
  }

  /** Asks with some clients. */
  static RestoreRisks ask(Collection<RestoreFacts> living, Ec2Client ec2, KmsClient kms) {
    RestoreRisks.Needs needs = RestoreRisks.Needs.of(living);
    Ec2Launches launches = new Ec2Launches(ec2);
    KmsKeys keys = new KmsKeys(kms);
    Map<String, Asked<Optional<String>>> states = new TreeMap<>();
    needs.keys().keySet().forEach(key -> states.put(key, keys.state(key)));
    return RestoreRisks.of(
        needs,
        new RestoreRisks.Answers(
            states,
            launches.images(needs.images().keySet()),
            launches.offerings(needs.offerings().keySet().stream().map(Offering::type).toList()),
            launches.subnets(needs.subnets().keySet()),
            launches.securityGroups(needs.groups().keySet())));
  }
}
