(name = 'a') AND (hasAll(tags, ['x','y']))
