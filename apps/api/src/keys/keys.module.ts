/** Keys: the provider that the settings name, and the installation's own keys under it. Every feature may ask for them. */
import { Global, Module } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import { CONFIG } from '../platform/provided.js';
import { CaseKeys } from './case-keys.js';
import { CaseKeysRepository } from './case-keys.repository.js';
import { FileProvider } from './file.provider.js';
import { InstallationKeysRepository } from './installation-keys.repository.js';
import { KeyRotationService } from './key-rotation.service.js';
import type { KeyProvider } from './key-provider.js';
import { OrganisationKeys } from './organisation-keys.js';
import { PassphraseProvider } from './passphrase.provider.js';
import { GivenPassphrase } from './passphrase-source.js';
import { KEY_PROVIDER } from './provided.js';
import { PurposeKeys } from './purpose-keys.js';
import { VaultProvider } from './vault.provider.js';
import { WrappingService } from './wrapping.service.js';

/** The provider that `KEY_PROVIDER` names. */
export function keyProvider(config: Readonly<Config>, records: InstallationKeysRepository, clock: Clock): KeyProvider {
  switch (config.keyProvider) {
    case 'file':
      return new FileProvider(config.keyFile);
    case 'passphrase':
      return new PassphraseProvider(
        records,
        new GivenPassphrase({
          passphrase: config.keyPassphrase,
          nextPassphrase: config.keyPassphraseNext,
          socket: config.keySocket,
        }),
      );
    case 'vault':
      return new VaultProvider({ address: config.vaultAddr, token: config.vaultToken, key: config.vaultKey }, clock);
  }
}

@Global()
@Module({
  providers: [
    InstallationKeysRepository,
    { provide: KEY_PROVIDER, useFactory: keyProvider, inject: [CONFIG, InstallationKeysRepository, Clock] },
    PurposeKeys,
    WrappingService,
    OrganisationKeys,
    CaseKeysRepository,
    CaseKeys,
    KeyRotationService,
  ],
  exports: [KEY_PROVIDER, PurposeKeys, CaseKeys, KeyRotationService, WrappingService],
})
export class KeysModule {}
