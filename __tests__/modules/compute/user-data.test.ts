import { describe, expect, it, test } from '@jest/globals';
import { agentInstallation } from '../../../modules/compute/user-data.ts';

const ireland = { region: 'eu-west-1', dnsSuffix: 'amazonaws.com' };

describe('agentInstallation', () => {
  it('downloads and installs the package on apt systems, until the network is there', () => {
    expect(agentInstallation('apt', 'x86_64', ireland)).toBe(`#!/bin/sh
url='https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/latest/debian_amd64/amazon-ssm-agent.deb'
install_agent() {
  package=/tmp/amazon-ssm-agent.deb
  if command -v curl >/dev/null; then
    curl --fail --silent --show-error --output "$package" "$url" || return 1
  else
    wget --quiet --output-document="$package" "$url" || return 1
  fi
  dpkg --install "$package"
}
for attempt in $(seq 40); do
  install_agent && break
  sleep 15
done
systemctl enable --now amazon-ssm-agent
`);
  });

  it('leaves the download to the package manager on rpm systems', () => {
    expect(agentInstallation('rpm', 'arm64', ireland)).toBe(`#!/bin/sh
url='https://s3.eu-west-1.amazonaws.com/amazon-ssm-eu-west-1/latest/linux_arm64/amazon-ssm-agent.rpm'
install_agent() {
  if command -v dnf >/dev/null; then
    dnf install -y "$url"
  elif command -v yum >/dev/null; then
    yum install -y "$url"
  else
    rpm --upgrade --replacepkgs "$url"
  fi
}
for attempt in $(seq 40); do
  install_agent && break
  sleep 15
done
systemctl enable --now amazon-ssm-agent
`);
  });

  test.each([
    ['apt', 'arm64', 'debian_arm64/amazon-ssm-agent.deb'],
    ['rpm', 'x86_64', 'linux_amd64/amazon-ssm-agent.rpm'],
  ] as const)('takes the package of %s on %s', (family, architecture, path) => {
    expect(agentInstallation(family, architecture, ireland)).toContain(`/latest/${path}'\n`);
  });

  it('stays in its partition', () => {
    const script = agentInstallation('rpm', 'x86_64', { region: 'cn-north-1', dnsSuffix: 'amazonaws.com.cn' });
    expect(script).toContain(
      "url='https://s3.cn-north-1.amazonaws.com.cn/amazon-ssm-cn-north-1/latest/linux_amd64/amazon-ssm-agent.rpm'",
    );
  });

  it('holds nothing that Terraform would read as its own', () => {
    expect(agentInstallation('apt', 'x86_64', ireland)).not.toMatch(/[$%]\{/);
    expect(agentInstallation('rpm', 'x86_64', ireland)).not.toMatch(/[$%]\{/);
  });
});
