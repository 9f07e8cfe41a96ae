import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Flag, Instant, ListOf, Nested, Slug, Text } from '@platform/http';

const BYTES = '^[A-Za-z0-9_-]{1,8000}$';
const TOKEN = '^[A-Za-z0-9_-]{43}$';
const NAME = '^[A-Za-z0-9][A-Za-z0-9._@-]{2,59}$';
const ATTEMPT = '^r[A-Za-z0-9_-]{40,4000}$';

export class PasswordBody {
  @Text({ max: 60, lines: true, description: 'Login name' }) name!: string;
  @Text({ max: 200, lines: true }) password!: string;
  @Text({ max: 12, lines: true, description: 'Code of the authenticator application' }) code!: string;
}
export class PasskeyAnswerBody {
  @Slug({ pattern: ATTEMPT, description: 'As it came with the options' }) attempt!: string;
  @Slug({ pattern: BYTES }) id!: string;
  @Slug({ pattern: BYTES }) clientDataJSON!: string;
  @Slug({ pattern: BYTES }) authenticatorData!: string;
  @Slug({ pattern: BYTES }) signature!: string;
}
export class EnrolmentBody {
  @Slug({ pattern: TOKEN, description: 'From the link' }) token!: string;
  @Slug({ pattern: NAME, description: 'Login name, chosen by the person' }) name!: string;
}
export class NameBody {
  @Slug({ pattern: NAME, description: 'Login name of the account' }) name!: string;
}
export class NewPasswordBody {
  @Slug({ pattern: ATTEMPT }) attempt!: string;
  @Text({ max: 200, lines: true }) password!: string;
  @Slug({ pattern: '^[0-9]{6}$', description: 'A code of the secret that was offered' }) code!: string;
}
export class NewPasskeyBody {
  @Slug({ pattern: ATTEMPT }) attempt!: string;
  @Slug({ pattern: BYTES }) id!: string;
  @Slug({ pattern: BYTES }) clientDataJSON!: string;
  @Slug({ pattern: BYTES }) attestationObject!: string;
}
export class EnrolWithPasswordBody extends NewPasswordBody {
  @Slug({ pattern: TOKEN }) token!: string;
}
export class EnrolWithPasskeyBody extends NewPasskeyBody {
  @Slug({ pattern: TOKEN }) token!: string;
}

export class OfferedCode {
  @Text({ max: 64, description: 'Base32, to be typed' }) secret!: string;
  @Text({ max: 300, description: 'otpauth:// address, to be shown as a picture' }) uri!: string;
}
export class BeginningView {
  @Text({ max: 4000, description: 'Send it back with the answer' }) attempt!: string;
  @Nested(() => OfferedCode) code!: OfferedCode;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'For navigator.credentials.create; absent where there can be no passkeys',
  })
  passkey?: object;
}
export class PasskeyRequestView {
  @Text({ max: 4000, description: 'Send it back with the answer' }) attempt!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'For navigator.credentials.get' }) options!: object;
}
export class PasskeyView {
  @Text({ max: 1400 }) id!: string;
  @Flag({ description: 'The key cannot leave its device: signs in with strength 3' }) deviceBound!: boolean;
  @Instant() created!: string;
}
export class WaysView {
  @Flag({ description: 'Whether a password with one-time codes opens the account' }) password!: boolean;
  @ListOf(() => PasskeyView, { max: 100 }) passkeys!: PasskeyView[];
}
