package dev.freezeframe.restore.view;

import dev.freezeframe.restore.InstanceSettings;
import dev.freezeframe.restore.RestoreRequest;
import dev.freezeframe.restore.view.LaunchView.Image;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Asks EC2 what of an instance's settings is still there. By filters: what is gone is no error. */
record Ec2LaunchReader(Ec2Client ec2) {

  LaunchView read(InstanceSettings settings, RestoreRequest request) {
    Optional<String> subnet = settings.subnet().flatMap(this::zoneOf);
    Optional<String> zone = request.zone().or(() -> subnet).or(settings::zone);
    Ec2TypeReader types = new Ec2TypeReader(ec2);
    return new LaunchView(
        settings.image().flatMap(this::image),
        settings.type().isPresent()
            && zone.isPresent()
            && types.offered(settings.type().get(), zone.get()),
        subnet,
        missing(settings.securityGroups()),
        settings.keyName().map(this::isKeyPairMissing).orElse(false),
        settings.type().flatMap(types::limit),
        state(request));
  }

  private Optional<Image> image(String id) {
    return ec2
        .describeImages(
            request ->
                request
                    .includeDeprecated(true)
                    .includeDisabled(true)
                    .filters(filter("image-id", List.of(id))))
        .images()
        .stream()
        .findFirst()
        .map(
            image ->
                new Image(
                    String.valueOf(image.stateAsString()),
                    Optional.ofNullable(image.rootDeviceName()),
                    image.blockDeviceMappings().stream()
                        .filter(mapping -> mapping.ebs() != null)
                        .map(BlockDeviceMapping::deviceName)
                        .filter(Objects::nonNull)
                        .toList()));
  }

  private Optional<String> zoneOf(String subnet) {
    return ec2
        .describeSubnets(request -> request.filters(filter("subnet-id", List.of(subnet))))
        .subnets()
        .stream()
        .findFirst()
        .map(Subnet::availabilityZone);
  }

  private List<String> missing(List<String> groups) {
    if (groups.isEmpty()) {
      return List.of();
    }
    Set<String> there =
        ec2
            .describeSecurityGroups(request -> request.filters(filter("group-id", groups)))
            .securityGroups()
            .stream()
            .map(SecurityGroup::groupId)
            .collect(Collectors.toSet());
    return groups.stream().filter(group -> !there.contains(group)).toList();
  }

  private boolean isKeyPairMissing(String name) {
    return ec2.describeKeyPairs(request -> request.filters(filter("key-name", List.of(name))))
        .keyPairs()
        .isEmpty();
  }

  private Optional<String> state(RestoreRequest request) {
    return ec2
        .describeInstances(
            wanted -> wanted.filters(filter("instance-id", List.of(request.instance().value()))))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(instance -> instance.state().nameAsString())
        .findFirst();
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }
}
