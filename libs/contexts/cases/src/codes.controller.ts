import { Get, Param, Query } from '@nestjs/common';
import { CODE_LISTS, codeList, type CodeList, type Comune, comuniOf, findComune, provinces, REGIONS, searchComuni } from '@platform/codes';
import { Act, Code, ContextController, Count, Slug, Text } from '@platform/http';
import { notFound } from '@platform/kernel';

const LISTS: Readonly<Record<string, CodeList>> = {
  ...CODE_LISTS,
  // Places are often told as a province only: its code has to have a name.
  province: codeList(
    'province',
    'ISTAT',
    Object.fromEntries(provinces().map(({ code, name, letters }) => [code, [`${name} (${letters})`, `${name} (${letters})`]])),
  ),
};

export class ComuniQuery {
  @Text({ max: 60, optional: true, description: 'How the name begins; accents and case make no difference' }) prefix?: string;
  @Slug({ pattern: '^[0-9]{6}$', optional: true, description: 'Six-digit ISTAT code, to learn the name' }) istat?: string;
  @Code(REGIONS.map((region) => region.slug), { optional: true }) region?: string;
  @Count({ min: 1, max: 20, optional: true, query: true }) limit?: number;
}

export class RegionQuery {
  @Code(REGIONS.map((region) => region.slug)) region!: string;
}

/** The words everybody chooses from, in Italian and English. Nothing here is about anybody. */
@ContextController('', 'Code lists')
export class CodesController {
  @Get('codes')
  @Act('ReadCodes')
  all(): { items: readonly CodeList[] } {
    return { items: Object.values(LISTS) };
  }

  @Get('codes/:list')
  @Act('ReadCodes')
  one(@Param('list') list: string): CodeList {
    const found = Object.hasOwn(LISTS, list) ? LISTS[list] : undefined;
    if (!found) throw notFound('codeList');
    return found;
  }

  @Get('comuni')
  @Act('ReadCodes')
  comuni(@Query() { prefix, istat, region, limit = 20 }: ComuniQuery): { items: object[] } {
    const found = istat === undefined ? searchComuni(prefix ?? '', region, limit) : [findComune(istat)].filter((one) => one !== undefined);
    return { items: found.map(lineOf) };
  }

  /** A whole region, for a device that goes where there is no line. */
  @Get('comuni/all')
  @Act('ReadCodes')
  region(@Query() { region }: RegionQuery): { items: object[] } {
    return { items: comuniOf(region).map(lineOf) };
  }
}

const lineOf = ({ istat, name, province, region }: Comune): object => ({ istat, name, province: province.letters, region });
